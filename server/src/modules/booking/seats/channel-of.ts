// By which door somebody books, and in whose name the seat is held.
import type { BookingChannel } from '@sen/contracts';
import { systemActor } from '../../../platform/actors.ts';
import type { Actor } from '../../../platform/work.ts';

export interface Booker {
  readonly channel: BookingChannel;
  /** Account or telephone in whose name holds are counted. */
  readonly holder: string;
  /** How many seats may be held at once. */
  readonly holdsMost: number;
  /** Telephone that a visitor has shown. */
  readonly phone?: string;
}

/** Of an account: staff by telephone or at the desk, everybody else by the app. `permits` says what the account may. */
export function bookerOf(actor: Actor, permits: (permission: 'booking.operate' | 'visit.receive' | 'booking.own') => boolean, asked?: 'phone' | 'desk'): Booker | undefined {
  const holder = `account:${actor.id}`;
  if (actor.id === systemActor.id) return { channel: asked ?? 'desk', holder, holdsMost: 10_000 };
  if (actor.roles.includes('integration') || actor.roles.includes('partner')) return { channel: 'partner', holder, holdsMost: 200 };
  if (permits('booking.operate') || permits('visit.receive')) return { channel: asked ?? (permits('visit.receive') ? 'desk' : 'phone'), holder, holdsMost: 10 };
  return permits('booking.own') ? { channel: 'app', holder, holdsMost: 2 } : undefined;
}

/** Of a visitor of the public page. */
export function visitorBooker(phone: string): Booker {
  return { channel: 'web', holder: `phone:${phone}`, holdsMost: 2, phone };
}
