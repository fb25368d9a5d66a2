// Patients sign in by the telephone they hold, and then by who they are: a telephone alone opens nothing, for families share one.
import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '../../../platform/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { completeSignIn, type From, type SignedIn } from '../signin/complete-sign-in.ts';
import { mustWait, stepEnded, wrongCode } from '../signin/refusals.ts';
import type { SignInRules } from '../signin/session-limits.ts';
import { addStep, countSteps, takeStep, tryStep } from '../signin/store.ts';
import { newToken, tokenHash } from '../token.ts';
import { sendCode } from './deliver-code.ts';
import { isKnownPhone } from './find-own-records.ts';
import { openPatientAccount } from './open-patient-account.ts';
import { phoneOf } from './phone.ts';

const codeLifeMs = 5 * 60_000;
const proofLifeMs = 10 * 60_000;
const mostTries = 5;
const hourMs = 3_600_000;
const mostPerHour = { phone: 5, address: 30 };

const underWay = new Set<Promise<void>>();

/** Sends a code of six digits, to a telephone that somebody in the record has. Every number gets the same answer, after the same work. */
export async function requestPhoneCode(work: Work, typed: string, address: string, dataFolder: string, onFailure: (error: unknown) => void): Promise<{ ticket: string }> {
  const phone = phoneOf(typed);
  if (phone === undefined) throw new Refusal('incorrect', 'security.no-mobile-number', { vi: 'Đây không phải số điện thoại di động Việt Nam.', en: 'This is no Vietnamese mobile number.' });
  tellAudit(work, { kind: 'sign-in', detail: { method: 'phone', step: 'code' } });
  const subject = createHash('sha256').update(`phone ${phone}`).digest();
  const [ticket, code] = [newToken(), String(randomInt(1_000_000)).padStart(6, '0')];
  await work.transact(async (inside) => {
    await refuseTooMany(inside, subject, address);
    await addStep(inside.db, { ticketHash: tokenHash(ticket), purpose: 'phone', data: { phone, code: codeHash(ticket, code) }, subject, address, lifeMs: codeLifeMs }, inside.now);
  });
  // Not awaited: whether the number is known must not be told by how long the answer takes.
  const sending = deliver(work, phone, code, dataFolder).catch(onFailure).finally(() => underWay.delete(sending));
  underWay.add(sending);
  return { ticket };
}

async function deliver(work: Work, phone: string, code: string, dataFolder: string): Promise<void> {
  if (await isKnownPhone(work, phone)) await sendCode(work, { phone, code, until: work.now + codeLifeMs }, dataFolder);
}

/** Waits until codes under way are delivered: before the database closes. */
export async function awaitDeliveries(): Promise<void> {
  await Promise.all(underWay);
}

/** Takes the code: the telephone is in the person's hand. Five tries. Gives the ticket for saying who it is. */
export async function givePhoneCode(work: Work, ticket: string, code: string): Promise<{ ticket: string }> {
  tellAudit(work, { kind: 'second-factor', detail: { method: 'phone' } });
  const step = await tryStep(work.db, tokenHash(ticket), 'phone', mostTries, work.now);
  if (step === undefined) throw stepEnded();
  if (!timingSafeEqual(Buffer.from(codeHash(ticket, code)), Buffer.from(String(step.data['code'])))) throw wrongCode();
  if ((await takeStep(work.db, tokenHash(ticket), 'phone', work.now)) === undefined) throw stepEnded();
  const next = newToken();
  await addStep(work.db, { ticketHash: tokenHash(next), purpose: 'phone-person', data: { phone: step.data['phone'] }, lifeMs: proofLifeMs }, work.now);
  return { ticket: next };
}

/** Opens the session of the person with this telephone, number and birth date. Refuses (`security.person-unknown`) when no one record has all three. */
export async function givePhonePerson(work: Work, input: { ticket: string; citizenNumber: string; birthDate: string }, from: From, rules: SignInRules): Promise<SignedIn> {
  tellAudit(work, { kind: 'sign-in', detail: { method: 'phone' } });
  const hash = tokenHash(input.ticket);
  const step = await tryStep(work.db, hash, 'phone-person', mostTries, work.now);
  if (step === undefined) throw stepEnded();
  const { citizenNumber, birthDate } = input;
  const person = await openPatientAccount(work, { citizenNumber: citizenNumber.replace(/\s/g, ''), birthDate, phone: String(step.data['phone']) });
  if (person === undefined) throw unknownPerson();
  if ((await takeStep(work.db, hash, 'phone-person', work.now)) === undefined) throw stepEnded();
  return completeSignIn(work, { person, method: 'phone' }, from, rules);
}

/** Requests for one telephone, or from one address, are counted one after the other: sent at once, each would find the others not there yet. */
async function refuseTooMany(work: Work, subject: Buffer, address: string): Promise<void> {
  await lockCount(work.db, 1, subject.toString('base64'));
  await lockCount(work.db, 2, address);
  const { ofSubject, ofAddress } = await countSteps(work.db, 'phone', subject, address, work.now - hourMs);
  if (ofSubject >= mostPerHour.phone || ofAddress >= mostPerHour.address) throw mustWait(hourMs / 4);
  const lately = await countSteps(work.db, 'phone', subject, address, work.now - 60_000);
  if (lately.ofSubject > 0) throw mustWait(60_000);
}

async function lockCount(db: Queryable, kind: number, key: string): Promise<void> {
  await db.query({ name: 'security.lock-phone-count', text: 'SELECT pg_advisory_xact_lock($1, hashtext($2))', values: [kind, key] });
}

/** Keyed and bound to its ticket: six digits under a plain hash could be tried out by whoever reads the table. */
function codeHash(ticket: string, code: string): string {
  return createHmac('sha256', heldKeyring().derive('phone-code')).update(`${ticket} ${code.replace(/\s/g, '')}`).digest('base64url');
}

export function unknownPerson(): Refusal {
  return new Refusal('forbidden', 'security.person-unknown', {
    vi: 'Chưa khớp với hồ sơ nào ở đây. Kiểm tra lại số căn cước và ngày sinh, hoặc hỏi quầy tiếp nhận.', en: 'This matches no record here. Check the number and the birth date, or ask at the reception.',
  });
}
