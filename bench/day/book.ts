// The day before: everybody who will be booked books, through the operators' door; as many lines at once as there are operators.
import type { BookingStart } from '@sen/contracts';
import type { Door, StepTimes } from './door.ts';
import { doctorId, roomId, type StagedPerson } from './stage.ts';
import type { ShapedPerson } from './shape.ts';

export interface Booking {
  readonly booked: number;
  readonly seconds: number;
}

export interface TimedBooking extends Booking {
  readonly times: readonly StepTimes[];
}

interface BookingOf {
  readonly door: Door;
  readonly operators: readonly string[];
  readonly people: readonly StagedPerson[];
  readonly midnight: number;
  readonly date: string;
}

/** Books each at the start the shape gave them. Refuses to go on when one is not got: each seat of the shape is free for one person. */
export async function bookEverybody({ door, operators, people, midnight, date }: BookingOf): Promise<Booking> {
  const left = people.filter(({ shaped }) => shaped.booked !== undefined);
  const count = left.length;
  const began = performance.now();
  await Promise.all(operators.map(async (token) => {
    for (let person = left.pop(); person !== undefined; person = left.pop()) await bookOne(door, token, person, person.shaped.booked!, { midnight, date });
  }));
  return { booked: count, seconds: (performance.now() - began) / 1000 };
}

async function bookOne(door: Door, token: string, person: StagedPerson, { slotAt, channel }: NonNullable<ShapedPerson['booked']>, { midnight, date }: { midnight: number; date: string }): Promise<void> {
  const key = person.shaped.roomKey;
  await door.ask('operator: find the caller', 'GET', `/api/patients?find=${person.phone}`, undefined, { token });
  const answer = await door.ask<{ starts: BookingStart[] }>('operator: free times', 'GET', `/api/booking/starts?room=${roomId(key)}&doctor=${doctorId(key)}&date=${date}&visitType=seat&only=free`, undefined, { token });
  const wanted = new Date(midnight + slotAt * 60_000).toISOString();
  const start = answer?.starts.find((one) => Date.parse(one.start) === Date.parse(wanted));
  if (start === undefined) throw new Error(`no seat for ${person.id} at ${wanted} in ${roomId(key)}: ${answer?.starts.length} free`);
  const hold = await door.ask<{ holdToken: string }>('operator: hold', 'POST', '/api/booking/holds', { session: start.session, start: start.start, visitType: 'seat', channel: channel === 'desk' ? 'desk' : 'phone' }, { token });
  const appointment = hold && (await door.ask('operator: book', 'POST', '/api/booking/appointments', { holdToken: hold.holdToken, patientId: person.id }, { token }));
  if (appointment === undefined) throw new Error(`${person.id} was not booked: ${JSON.stringify(door.times().map(({ step, refused }) => [step, refused]))}`);
}
