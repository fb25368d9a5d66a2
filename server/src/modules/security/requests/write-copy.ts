// The copy of a record that its patient asked for: everything known, readable by people and by machines, in one zip. It is made when it is fetched and kept nowhere.
import { strToU8, zipSync } from 'fflate';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { gatherRecord, type Json } from '../ask-record.ts';
import { noSuchRequest } from './change-request.ts';
import { isCopyReady, type DataRequest } from './request.ts';
import { readableRecord } from './readable-record.ts';
import { addStep, lockRequest, storeRequest } from './store.ts';

/**
 * Gives the zip of a granted copy, once. `patients`: those the caller may fetch for; undefined: staff who hand it out. Who acts for a patient is given what
 * they may see themselves. Refuses a copy that is not granted, fetched
 * already, or past its days (`security.copy-not-ready`).
 */
export async function writeCopy(work: Work, id: string, patients: readonly string[] | undefined): Promise<{ name: string; zip: Uint8Array; patient: string }> {
  return work.transact(async (inside) => {
    const request = await lockRequest(inside.db, id);
    if (request === undefined || patients?.includes(request.patient) === false) throw noSuchRequest();
    if (!isCopyReady(request, inside.now)) throw notReady();
    const forPatient = patients === undefined || inside.actor.roles.includes('patient');
    const zip = await zipOf(forPatient ? asHouse(inside) : inside, request);
    await storeRequest(inside.db, { ...request, copiedAt: inside.now });
    await addStep(inside.db, { request: id, at: inside.now, actor: inside.actor.id, name: inside.actor.name, step: 'copy' });
    tellAudit(inside, { kind: 'export', patients: [request.patient], detail: { request: request.number, act: 'copy' } });
    return { name: `ho-so-${request.number}.zip`, zip, patient: request.patient };
  });
}

async function zipOf(work: Work, { patient }: DataRequest): Promise<Uint8Array> {
  const [texts = []] = await gatherRecord.ask(work, { patientId: patient });
  const all = texts.map((text) => ({ text, json: JSON.parse(text) as Json }));
  const given = all.filter(({ json }) => !isWithheld(json));
  const byType = Map.groupBy(given, ({ json }) => String(json['resourceType']));
  const data = Object.fromEntries([...byType].map(([type, ones]) => [`du-lieu/${type}.ndjson`, strToU8(ones.map(({ text }) => `${text}\n`).join(''))]));
  const made = new Date(work.now + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const page = readableRecord(given.map(({ json }) => json), made, all.length - given.length);
  return zipSync({ 'doc-toi.html': strToU8(page), ...data }, { level: 6, mtime: new Date(work.now) });
}

/** v3-ActCode TBOO: somebody must talk with the patient first. */
function isWithheld(resource: Json): boolean {
  const { security = [] } = (resource['meta'] as { security?: readonly { readonly code?: string }[] } | undefined) ?? {};
  return security.some(({ code }) => code === 'TBOO');
}

function notReady(): Refusal {
  return new Refusal('gone', 'security.copy-not-ready', {
    vi: 'Bản sao này chưa được cấp, đã được tải hoặc đã hết hạn. Có thể gửi yêu cầu mới.',
    en: 'This copy has not been granted, was fetched already, or has expired. A new request can be made.',
  });
}
