// The DICOM doors, where ports for them are set.
import { readFile, stat } from 'node:fs/promises';
import type { DicomServices } from '@sen/dicom/net';
import { openDicomListener, type DicomListener } from '../edges/dicom/open-dicom-listener.ts';
import { usualLimits, type DicomDoor, type DicomLimits, type DicomTls } from '../edges/dicom/settings.ts';
import { pinsOf } from '../platform/config-dicom.ts';
import type { Settings } from '../platform/config.ts';
import { faultFields, type Log } from '../platform/log.ts';
import { Refusal } from '../platform/refusal.ts';

const LOOK_EVERY_MS = 10_000;

/**
 * Opens the ports that are set; undefined where none is. Refuses a TLS port without key and certificate; takes these files anew when they change.
 */
export async function openDicom(settings: Settings, services: DicomServices, log: Log, lookEveryMs = LOOK_EVERY_MS): Promise<DicomListener | undefined> {
  const { dicomPort, dicomTlsPort, dicomHost: host, dicomAeTitle: aeTitle } = settings;
  const tls = await readDicomTls(settings);
  if (dicomTlsPort !== 0 && tls === undefined) throw tlsNeedsKey();
  const plain: DicomDoor[] = dicomPort === 0 ? [] : [{ host, port: dicomPort }];
  const secure: DicomDoor[] = dicomTlsPort === 0 || tls === undefined ? [] : [{ host, port: dicomTlsPort, tls }];
  if (plain.length + secure.length === 0) return undefined;
  const fault = (what: string, error: unknown) => log.error('dicom failed', { module: what, ...faultFields(error) });
  const listener = await openDicomListener({ doors: [...plain, ...secure], limits: dicomLimits(settings), aeTitle, fault, ...(tls !== undefined && { tls }) }, services);
  return tls === undefined ? listener : followTlsFiles(listener, settings, log, await stateOf(settings), lookEveryMs);
}

/** Key and certificate are replaced one after the other: while they do not fit, the old ones stay. */
function followTlsFiles(listener: DicomListener, settings: Settings, log: Log, state: string, everyMs: number): DicomListener {
  let seen = state;
  const look = async () => {
    const now = await stateOf(settings);
    const tls = now === seen ? undefined : await readDicomTls(settings);
    if (tls === undefined) return;
    listener.renewTls(tls);
    seen = now;
    log.info('the TLS certificate of DICOM was taken anew');
  };
  const looking = setInterval(() => void look().catch((error: unknown) => log.warn('the TLS files of DICOM cannot be used', faultFields(error))), everyMs);
  looking.unref();
  return {
    ports: listener.ports, renewTls: listener.renewTls,
    get associations() { return listener.associations; },
    close: (graceMs) => {
      clearInterval(looking);
      return listener.close(graceMs);
    },
  };
}

/** What tells that a file is another one: times and sizes. */
async function stateOf({ dicomTlsKeyFile, dicomTlsCertificateFile, dicomTlsAuthoritiesFile }: Settings): Promise<string> {
  const files = [dicomTlsKeyFile, dicomTlsCertificateFile, dicomTlsAuthoritiesFile].filter((file) => file !== '');
  const states = await Promise.all(files.map(async (file) => stat(file)));
  return states.map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`).join(' ');
}

/** The limits of associations, also of those that we ask of others. */
export function dicomLimits(settings: Settings): DicomLimits {
  return {
    ...usualLimits,
    associationsMax: settings.dicomAssociationsMax, associationsPerPeerMax: settings.dicomAssociationsPerAddressMax,
    heldBytes: settings.dicomMemoryPerAssociation * 1024, pduBytes: settings.dicomPduBytes, datasetBytes: settings.dicomDatasetMax * 1024 * 1024,
    artimMs: settings.dicomArtimSeconds * 1000, idleMs: settings.dicomIdleSeconds * 1000,
  };
}

export async function readDicomTls(settings: Settings): Promise<DicomTls | undefined> {
  const { dicomTlsKeyFile, dicomTlsCertificateFile, dicomTlsAuthoritiesFile, dicomTlsPins, dicomTlsMutual: mutual } = settings;
  if (dicomTlsKeyFile === '' || dicomTlsCertificateFile === '') return undefined;
  const [key, certificate] = await Promise.all([readFile(dicomTlsKeyFile), readFile(dicomTlsCertificateFile)]);
  const authorities = dicomTlsAuthoritiesFile === '' ? undefined : await readFile(dicomTlsAuthoritiesFile);
  return { key, certificate, mutual, pins: pinsOf(dicomTlsPins), ...(authorities !== undefined && { authorities }) };
}

function tlsNeedsKey(): Refusal {
  return new Refusal('incorrect', 'platform.dicom-tls-needs-key', {
    vi: 'SEN_DICOM_TLS_PORT cần SEN_DICOM_TLS_KEY_FILE và SEN_DICOM_TLS_CERTIFICATE_FILE.',
    en: 'SEN_DICOM_TLS_PORT needs SEN_DICOM_TLS_KEY_FILE and SEN_DICOM_TLS_CERTIFICATE_FILE.',
  });
}
