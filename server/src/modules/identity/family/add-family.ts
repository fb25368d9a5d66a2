// Asks to act for a relative who is in the record. The answer is the same whether or not somebody matched.
import type { RelationKind } from '@sen/contracts';
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { deliverCode } from '../../security/index.ts';
import { dayOf } from '../age.ts';
import { patientFacts } from '../fhir.ts';
import { phoneKey } from '../likeness/description.ts';
import { lockKeys } from '../store.ts';
import { addRequest, countLately } from './store.ts';

const dayMs = 86_400_000;
const codeLifeMs = 10 * 60_000;
const mostADay = 5;

/** Sends a code to the relative's own telephone in the record; without one the request waits for the desk. Refuses who has no record of their own, and more than five a day. */
export async function addFamily(work: Work, { number, birthDate, relation }: { number: string; birthDate: string; relation: RelationKind }): Promise<{ request: string }> {
  const requester = requesterOf(work);
  const request = randomUUID();
  await work.transact(async (inner) => {
    await lockKeys(inner.db, [`family|${inner.actor.id}`]);
    if ((await countLately(inner.db, inner.actor.id, inner.now - dayMs)) >= mostADay) throw new Refusal('busy', 'identity.too-many-requests', { vi: 'Hôm nay đã gửi quá nhiều yêu cầu. Xin hỏi quầy tiếp nhận.', en: 'Too many requests today. Please ask at the reception.' });
    const found = await findRelative(inner, number, birthDate);
    const code = found?.phone === undefined ? undefined : { typed: String(randomInt(1_000_000)).padStart(6, '0'), until: inner.now + codeLifeMs, phone: found.phone };
    await addRequest(inner.db, { account: inner.actor.id, requester, patient: found?.id ?? null, relation }, request, code === undefined ? undefined : { hash: codeHash(request, code.typed), until: code.until }, inner.now);
    if (code !== undefined) await deliverCode.ask(asHouse(inner), { phone: code.phone, code: code.typed, until: code.until });
  });
  return { request };
}

/** The one record that the account is. */
function requesterOf({ actor }: Work): string {
  const own = actor.roles.includes('patient') ? actor.patients?.[0] : undefined;
  if (own === undefined) throw new Refusal('rule', 'identity.no-own-record', { vi: 'Tài khoản chưa có hồ sơ của chính mình. Xin hỏi quầy tiếp nhận.', en: 'This account has no record of its own. Please ask at the reception.' });
  return own;
}

async function findRelative(work: Work, number: string, birthDate: string): Promise<{ id: string; phone?: string } | undefined> {
  const { resources } = await searchResources(asHouse(work), 'Patient', `identifier=${encodeURIComponent(number.trim().replace(/[\\,|$]/g, ''))}&birthdate=${birthDate}&_count=5`);
  const [patient, another] = resources.filter((one) => one['active'] !== false && one['birthDate'] === birthDate);
  if (patient?.id === undefined || another !== undefined || work.actor.patients?.includes(patient.id) === true) return undefined;
  const phone = patientFacts(patient, dayOf(work.now)).phones.map(phoneKey).find((one) => /^0[35789]\d{8}$/.test(one));
  return { id: patient.id, ...(phone !== undefined && { phone }) };
}

/** Keyed and bound to its request: six digits under a plain hash could be tried out by whoever reads the table. */
export function codeHash(request: string, code: string): string {
  return createHmac('sha256', heldKeyring().derive('family-code')).update(`${request} ${code.replace(/\s/g, '')}`).digest('base64url');
}
