import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { signInOrCode } from '../refusals.ts';
import { findVisitor } from '../visitors/visitor-store.ts';
import { bookerOf, visitorBooker, type Booker } from './channel-of.ts';
import { hashOf } from './token.ts';

/** Who books: the visitor with a token, also in a browser in which somebody is signed in; else the account. Refuses with `booking.sign-in-or-code`. */
export async function findBooker(work: Work, visitorToken?: string, asked?: 'phone' | 'desk'): Promise<Booker> {
  const phone = visitorToken === undefined ? undefined : await findVisitor(work.db, hashOf(visitorToken), work.now);
  if (phone !== undefined) return visitorBooker(phone);
  const access = accessOf(work.actor);
  const known = bookerOf(work.actor, (permission) => access.permits(permission), asked);
  if (known === undefined) throw signInOrCode();
  return known;
}
