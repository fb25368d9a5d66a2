import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { networkOf } from '../../../platform/addresses.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { mobileOf } from '../../messages/index.ts';
import { deliverCode } from '../../security/index.ts';
import { noMobile, waitForCode } from '../refusals.ts';
import { addVisitor, countAsked } from './visitor-store.ts';

const validMinutes = 5;
const waitSeconds = 60;
const mostPerHour = { phone: 5, address: 30 };

/** Sends six digits to a telephone, whoever has it: to book without an account. At most one a minute and five an hour for a number, 30 an hour for an address (IPv6: one /64). */
export async function sendVisitorCode(work: Work, typed: string, from: string): Promise<{ waitSeconds: number; validMinutes: number }> {
  const phone = mobileOf(typed);
  if (phone === undefined) throw noMobile();
  const address = networkOf(from);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const until = work.now + validMinutes * 60_000;
  await work.transact(async (inner) => {
    const { db, now } = inner;
    for (const key of [phone, address].sort()) await db.query({ name: 'booking.lock-visitor', text: `SELECT pg_advisory_xact_lock(hashtextextended('booking.visitor ' || $1, 0))`, values: [key] });
    const { ofPhone: lately } = await countAsked(db, phone, address, now - waitSeconds * 1000);
    const { ofPhone, ofAddress } = await countAsked(db, phone, address, now - 3_600_000);
    if (lately > 0 || ofPhone >= mostPerHour.phone || ofAddress >= mostPerHour.address) throw waitForCode();
    await addVisitor(db, { id: randomUUID(), phone, address, codeHash: visitorCodeHash(phone, code), askedAt: now, until });
  });
  await deliverCode.ask(work, { phone, code, until });
  return { waitSeconds, validMinutes };
}

/** Keyed: six digits under a plain hash could be tried out by whoever reads the table. */
export function visitorCodeHash(phone: string, code: string): Buffer {
  return createHmac('sha256', heldKeyring().derive('visitor-code')).update(`${phone} ${code}`).digest();
}
