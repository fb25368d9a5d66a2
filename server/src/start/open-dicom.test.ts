import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { sopClass, status, transferSyntax } from '@sen/dicom/net';
import { makeAuthority } from '../../../tests/support/certificates.ts';
import { memoryArchive } from '../../../tests/support/dicom-archive.ts';
import { echo } from '../edges/dicom/calls.ts';
import { openAssociation } from '../edges/dicom/open-association.ts';
import { readSettings } from '../platform/config.ts';
import { freePort } from '../platform/free-port.ts';
import type { Log } from '../platform/log.ts';
import { dicomLimits, openDicom } from './open-dicom.ts';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined } as unknown as Log;

describe('the DICOM doors by settings', () => {
  it('stay closed where no port is set', async () => {
    expect(await openDicom(readSettings({}), memoryArchive().services, silent)).toBeUndefined();
  });

  it('refuse a TLS port without key and certificate', async () => {
    await expect(openDicom(readSettings({ SEN_DICOM_TLS_PORT: '2762' }), memoryArchive().services, silent)).rejects.toMatchObject({ code: 'platform.dicom-tls-needs-key' });
  });

  it('take machines with and without TLS, by pin, within the limits that are set', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sen-dicom-'));
    const house = await (await makeAuthority('CN=Bệnh viện')).issue({ name: 'CN=archive' });
    writeFileSync(join(folder, 'key.pem'), house.key);
    writeFileSync(join(folder, 'cert.pem'), house.cert);
    const pin = Buffer.from(await house.certificate.getThumbprint('SHA-256')).toString('hex');
    const [plain, secure] = [await freePort(), await freePort()];
    const settings = readSettings({
      SEN_DICOM_PORT: String(plain), SEN_DICOM_TLS_PORT: String(secure), SEN_DICOM_TLS_KEY_FILE: join(folder, 'key.pem'), SEN_DICOM_TLS_CERTIFICATE_FILE: join(folder, 'cert.pem'),
      SEN_DICOM_TLS_PINS: (pin.toUpperCase().match(/../g) ?? []).join(':'), SEN_DICOM_IDLE_SECONDS: '7', SEN_DICOM_MEMORY_PER_ASSOCIATION: '64',
    });
    expect(dicomLimits(settings)).toMatchObject({ idleMs: 7000, heldBytes: 65_536, artimMs: 30_000, associationsMax: 200 });
    const archive = memoryArchive();
    const listener = await openDicom(settings, archive.services, silent);
    const tls = { key: house.key, certificate: house.cert, pins: [pin], mutual: true };
    for (const port of [plain, secure]) {
      const call = await openAssociation({
        address: { host: '127.0.0.1', port, aeTitle: 'SEN', secure: port === secure }, callingAe: 'CT1', limits: dicomLimits(settings), tls,
        contexts: [{ abstractSyntax: sopClass.verification, transferSyntaxes: [transferSyntax.implicitLittle] }], fault: () => undefined,
      });
      expect(await echo(call)).toBe(status.success);
      await call.release();
    }
    expect(archive.signs.filter(({ kind }) => kind === 'associated').map(({ peer }) => [peer.secure, peer.certificate?.fingerprint])).toEqual([[false, undefined], [true, pin]]);
    await listener?.close(0);
    rmSync(folder, { recursive: true });
  });

  it('show a new certificate when its file has changed, without a stop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sen-dicom-'));
    const authority = await makeAuthority('CN=Bệnh viện');
    const [first, second] = [await authority.issue({ name: 'CN=first' }), await authority.issue({ name: 'CN=second' })];
    const write = ({ key, cert }: typeof first) => [['key.pem', key], ['cert.pem', cert]].forEach(([name = '', text = '']) => writeFileSync(join(folder, name), text));
    write(first);
    const port = await freePort();
    const settings = readSettings({ SEN_DICOM_TLS_PORT: String(port), SEN_DICOM_TLS_KEY_FILE: join(folder, 'key.pem'), SEN_DICOM_TLS_CERTIFICATE_FILE: join(folder, 'cert.pem'), SEN_DICOM_TLS_MUTUAL: 'false' });
    const listener = await openDicom(settings, memoryArchive().services, silent, 20);
    const shown = () => new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(await shown()).toBe('first');
    write(second);
    await vi.waitFor(async () => expect(await shown()).toBe('second'), { timeout: 10_000 });
    await listener?.close(0);
    rmSync(folder, { recursive: true });
  });

  it.each([['SEN_DICOM_AE_TITLE', 'A TITLE THAT IS TOO LONG'], ['SEN_DICOM_AE_TITLE', 'A\\B'], ['SEN_DICOM_TLS_PINS', '12:34'], ['SEN_DICOM_PDU_BYTES', '100']])('refuses %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});
