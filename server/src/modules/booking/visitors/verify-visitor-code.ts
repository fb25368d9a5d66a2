import { timingSafeEqual } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import { mobileOf } from '../../messages/index.ts';
import { wrongVisitorCode } from '../refusals.ts';
import { hashOf, newToken } from '../seats/token.ts';
import { visitorCodeHash } from './send-visitor-code.ts';
import { admitVisitor, tryVisitor } from './visitor-store.ts';

const triesMost = 5;
const lifeMs = 30 * 60_000;

/** Gives a token for a right code. Five tries a code. */
export async function verifyVisitorCode(work: Work, typed: string, code: string): Promise<{ visitorToken: string; until: string }> {
  const phone = mobileOf(typed) ?? '';
  const found = await tryVisitor(work.db, phone, triesMost, work.now);
  if (found === undefined || !timingSafeEqual(found.codeHash, visitorCodeHash(phone, code))) throw wrongVisitorCode();
  const [visitorToken, until] = [newToken(), work.now + lifeMs];
  if (!(await admitVisitor(work.db, found.id, hashOf(visitorToken), until))) throw wrongVisitorCode();
  return { visitorToken, until: new Date(until).toISOString() };
}
