// Free times as partners read them: Schedule and Slot of FHIR R4, computed from booking; and no way past the seats by writing an Appointment.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClinic, specialty, type Clinic } from '../support/clinic.ts';
import type { TestCaller } from '../support/server.ts';

let clinic: Clinic;
let partner: TestCaller;
beforeAll(async () => {
  clinic = await openClinic();
  partner = await clinic.server.as('partner');
}, 60_000);
afterAll(() => clinic?.server.close());

interface Entry { resource: { resourceType: string; id: string; status: string; start: string; end: string; schedule: { reference: string }; actor: { reference: string }[] }; search: { mode: string }; fullUrl: string }
interface Bundle { entry?: Entry[]; link: { relation: string; url: string }[]; issue?: { details: { coding: { code: string }[] } }[] }
const get = async (path: string, who = partner): Promise<{ status: number; body: Bundle }> => clinic.ask(who, 'GET', `/fhir/R4/${path}`);
const all = async (path: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body } = await get(next);
    expect(status, JSON.stringify(body)).toBe(200);
    entries.push(...(body.entry ?? []));
    next = body.link.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4\//, '');
  }
  return entries;
};
const doctorOf = ({ resource }: Entry) => resource.actor.find(({ reference }) => reference.startsWith('Practitioner/'))!.reference;

describe('Schedule and Slot', () => {
  it('give a doctor’s free times, page by page in order, the same as booking shows, and follow a booking', async () => {
    const [schedule] = await all(`Schedule?specialty=urn:sen:specialty|${specialty}`);
    expect(schedule!.fullUrl).toBe(`${clinic.server.base}/fhir/R4/Schedule/${schedule!.resource.id}`);
    const mine = await all(`Schedule?actor=${doctorOf(schedule!)}&active=true&date=ge${clinic.day}`);
    expect(mine.map(({ resource }) => resource.id)).toContain(schedule!.resource.id);
    const query = `Slot?schedule=Schedule/${schedule!.resource.id}&start=ge${clinic.day}T00:00:00%2B07:00&start=lt${clinic.day}T23:59:00%2B07:00&_count=5`;
    const before = await all(query);
    const starts = before.map(({ resource }) => resource.start);
    expect([starts.length > 5, starts]).toEqual([true, [...starts].sort()]);
    expect(new Set(starts).size).toBe(starts.length);
    const free = (await all(`${query}&status=free`)).map(({ resource }) => resource.start);
    const doctor = doctorOf(schedule!).replace('Practitioner/', '');
    const shown = (await clinic.ask(partner, 'GET', `/api/booking/starts?specialty=${specialty}&doctor=${doctor}&date=${clinic.day}&only=free`)).body as { starts: { start: string; session: string }[] };
    expect(free.length).toBeGreaterThan(0);
    expect(free).toEqual(expect.arrayContaining(shown.starts.map(({ start }) => start)));
    const wanted = (await clinic.starts()).find((one) => one.doctor?.id === doctor)!;
    const booked = await clinic.book(clinic.operator, clinic.people[0]!, wanted);
    const { slot } = (await clinic.ask(clinic.desk, 'GET', `/fhir/R4/Appointment/${booked.id}`)).body as { slot: { reference: string }[] };
    const taken = await get(slot[0]!.reference);
    expect(taken.body, JSON.stringify([slot, taken.body])).toMatchObject({ resourceType: 'Slot', start: wanted.start, schedule: { reference: `Schedule/${schedule!.resource.id}` } });
    expect((await get(`Schedule/${schedule!.resource.id}`)).body).toMatchObject({ resourceType: 'Schedule', active: true });
  });

  it('show what is taken as busy, with the Schedule when asked', async () => {
    const on = (await get(`Slot?status=free&specialty=${specialty}&_count=1`)).body.entry![0]!.resource;
    const [session] = on.id.split('.');
    await clinic.rows('UPDATE booking.session SET lanes = 1 WHERE id = $1', [session]);
    const wanted = (await clinic.starts(on.start.slice(0, 10))).find((one) => one.session === session);
    const start = wanted ?? { session: session!, start: on.start };
    expect((await clinic.hold(clinic.operator, start as never)).status).toBe(200);
    const found = await get(`Slot?_id=${session}.${Math.round(Date.parse(start.start) / 60_000).toString(36)}&_include=Slot:schedule&_elements=status,start`);
    expect(found.body.entry?.map(({ resource, search }) => [resource.resourceType, search.mode, resource.status])).toEqual([['Slot', 'match', 'busy'], ['Schedule', 'include', undefined]]);
  });

  it('are not searched by what they do not have, and are told in the CapabilityStatement', async () => {
    const refused = await get('Slot?service-type=x');
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('booking.slot-parameter')]);
    expect((await get('Slot/nothing-here')).status).toBe(404);
    const { body } = (await get('metadata')) as unknown as { body: { rest: { resource: { type: string; documentation?: string }[] }[] } };
    const told = new Map(body.rest[0]!.resource.map(({ type, documentation }) => [type, documentation]));
    for (const type of ['Schedule', 'Slot', 'Appointment']) expect(told.get(type), type).toContain('booking');
  });

  it('of other houses are stored, and found behind those of booking', async () => {
    const theirs = { resourceType: 'Slot', id: 'theirs', schedule: { reference: 'Schedule/of-theirs' }, status: 'free', start: '2031-03-02T08:00:00+07:00', end: '2031-03-02T08:15:00+07:00' };
    expect((await clinic.ask(clinic.server, 'PUT', '/fhir/R4/Slot/theirs', theirs)).status).toBe(201);
    const entries = await all('Slot?status=free&_count=1000');
    expect([entries.at(-1)?.resource.id, entries.filter(({ resource }) => resource.id === 'theirs').length]).toEqual(['theirs', 1]);
    expect(new Set(entries.map(({ resource }) => resource.id)).size).toBe(entries.length);
    expect((await get('Slot/theirs')).body).toMatchObject({ start: theirs.start });
  });
});

describe('an Appointment written from outside', () => {
  const written = (start: string, end: string, more: object = {}) => ({
    resourceType: 'Appointment', status: 'booked', start, end, participant: [{ actor: { reference: `Patient/${clinic.people[1]}` }, status: 'accepted' }, { actor: { reference: 'Location/elsewhere' }, status: 'accepted' }], ...more,
  });
  it('takes no time that booking keeps, is cancelled by booking alone, and may tell of what booking does not know', async () => {
    const [start] = await clinic.starts();
    const end = new Date(Date.parse(start!.start) + 900_000).toISOString();
    const inRoom = { participant: [{ actor: { reference: `Patient/${clinic.people[1]}` }, status: 'accepted' }, { actor: { reference: `Location/${start!.room.id}` }, status: 'accepted' }] };
    const past = await clinic.ask(clinic.desk, 'POST', '/fhir/R4/Appointment', written(start!.start, end, inRoom));
    expect([past.status, JSON.stringify(past.body)]).toEqual([422, expect.stringContaining('booking.only-by-booking')]);
    const batch = { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: written(start!.start, end, inRoom), request: { method: 'POST', url: 'Appointment' } }] };
    expect((await clinic.ask(clinic.server, 'POST', '/fhir/R4', batch)).status).toBe(422);
    const booked = await clinic.book(clinic.operator, clinic.people[1]!, start!);
    const stored = (await clinic.ask(clinic.desk, 'GET', `/fhir/R4/Appointment/${booked.id}`)).body as object;
    for (const [method, body] of [['PUT', { ...stored, status: 'cancelled' }], ['DELETE', undefined]] as const) {
      const refused = await clinic.ask(clinic.server, method, `/fhir/R4/Appointment/${booked.id}`, body);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining('booking.write-through-booking')]);
    }
    expect((await clinic.ask(clinic.operator, 'GET', `/api/appointments/${booked.id}`)).body).toMatchObject({ state: 'booked' });
    expect((await clinic.ask(clinic.server, 'POST', '/fhir/R4/Appointment', written(start!.start, end))).status).toBe(201);
  });
});
