import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { signInOrCode } from '../refusals.ts';
import { findVisitor } from '../visitors/visitor-store.ts';
import { bookerOf, visitorBooker, type Booker } from './channel-of.ts';
import { hashOf } from './token.ts';

/** Who books: the account signed in, or the visitor with a token. Refuses with `booking.sign-in-or-code`. */
export async function findBooker(work: Work, visitorToken?: string, asked?: 'phone' | 'desk'): Promise<Booker> {
  const access = accessOf(work.actor);
  const known = bookerOf(work.actor, (permission) => access.permits(permission), asked);
  if (known !== undefined) return known;
  const phone = visitorToken === undefined ? undefined : await findVisitor(work.db, hashOf(visitorToken), work.now);
  if (phone === undefined) throw signInOrCode();
  return visitorBooker(phone);
}
