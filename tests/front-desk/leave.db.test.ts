// A doctor away: everybody booked, and everybody waiting already, is accounted for in one step.
import type { AppointmentView, BookingStart, LeaveOutcome } from '@sen/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { addDays } from '../../server/src/modules/booking/seats/local-time.ts';
import { openClinic, type Clinic } from '../support/clinic.ts';
import type { TestCaller } from '../support/server.ts';

let clinic: Clinic;
let head: TestCaller;

beforeAll(async () => {
  clinic = await openClinic();
  await loadRooms(clinic.server.db.work());
  head = await clinic.server.as('quantri');
}, 60_000);
afterAll(() => clinic?.server.close());

const ofDoctor = async (on: string) => {
  const free = await clinic.starts(on);
  const doctor = free[0]!.doctor!;
  return { doctor, other: free.find((one) => one.doctor?.id !== doctor.id)!.doctor!, starts: free.filter((one) => one.doctor?.id === doctor.id) };
};
const leave = async (path: string, body: object): Promise<LeaveOutcome> => {
  const answer = await clinic.ask(head, 'POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as LeaveOutcome;
};
const messages = (template: string) => clinic.rows<{ about: string }>('SELECT about_id AS about FROM messages.message WHERE template = $1', [template]);
const toCall = async () => ((await clinic.ask(clinic.operator, 'GET', '/api/booking/to-call')).body.appointments as { id: string }[]).map(({ id }) => id).sort();

describe('a doctor who falls ill while patients wait', () => {
  let booked: AppointmentView[] = [];
  let done: LeaveOutcome;
  let doctor: { id: string; name: string };

  it('previews and then does the same: no one is lost, also who is late and who waits', async () => {
    const { doctor: ill, starts } = await ofDoctor(clinic.day);
    doctor = ill;
    const chosen: BookingStart[] = [0, 1, 2, 4, 6, 12].map((place) => starts[place]!);
    booked = [];
    for (const [i, start] of chosen.entries()) booked.push(await clinic.book(clinic.operator, clinic.people[i]!, start));
    const { clock } = clinic.server.db;
    clock.advance(Date.parse(`${clinic.day}T07:50:00+07:00`) - clock());
    // The second is here at 7:50; the first, booked at 7:30, is late; a walk-in waits too.
    expect((await clinic.ask(clinic.desk, 'POST', '/api/desk/arrivals', { code: booked[1]!.qr })).status).toBe(200);
    expect((await clinic.ask(clinic.desk, 'POST', '/api/desk/arrivals', { patientId: clinic.people[8], room: booked[0]!.room.id })).status).toBe(200);
    clock.advance(10 * 60_000);
    const absence = { doctor: doctor.id, from: `${clinic.day}T08:00:00+07:00`, until: `${clinic.day}T17:00:00+07:00`, booked: 'move' };
    const preview = await leave('/api/leave/preview', absence);
    expect(await toCall()).toEqual([]);
    expect(await messages('booking.moved')).toEqual([]);
    done = await leave('/api/leave', absence);
    expect({ ...done, id: undefined }).toEqual({ ...preview, id: undefined });
    expect(done).toMatchObject({ sessions: 2, booked: 5, takenOver: [] });
    expect([...done.moved, ...done.toCall].map(({ appointmentId }) => appointmentId).sort()).toEqual(booked.filter((_, i) => i !== 1).map(({ id }) => id).sort());
  });

  it('sends those who wait to the shortest line of the specialty, with their number and place', async () => {
    expect(done.here).toHaveLength(2);
    const turns = await clinic.rows<{ state: string; room: string; doctor: string | null }>(
      `SELECT t.state, t.room_id AS room, t.doctor_id AS doctor FROM encounters.turn t JOIN encounters.visit v ON v.id = t.visit_id WHERE v.patient_id = ANY ($1) AND t.state = 'waiting'`, [[clinic.people[1], clinic.people[8]]],
    );
    expect(turns).toHaveLength(2);
    for (const turn of turns) expect([turn.room, turn.doctor]).not.toEqual([booked[0]!.room.id, doctor.id]);
    expect(done.here.every(({ room }) => room !== undefined && room !== booked[0]!.room.name)).toBe(true);
    expect(await messages('booking.other-room')).toHaveLength(2);
  });

  it('tells each who was moved once, and lists the others to be called', async () => {
    const told = (await messages('booking.moved')).map(({ about }) => about);
    expect(told.sort()).toEqual(done.moved.map(({ appointmentId }) => appointmentId).sort());
    expect(await toCall()).toEqual([...done.toCall.map(({ appointmentId }) => appointmentId), ...done.moved.filter(({ call }) => call).map(({ appointmentId }) => appointmentId)].sort());
    expect((await clinic.starts(clinic.day)).some((one) => one.doctor?.id === doctor.id)).toBe(false);
  });
});

describe('a doctor with a replacement', () => {
  it('is replaced at the same times where the other is free; the patients are told who', async () => {
    const on = addDays(clinic.day, 7);
    const { doctor, other, starts } = await ofDoctor(on);
    const one = await clinic.book(clinic.operator, clinic.people[9]!, starts[3]!);
    // The other is free that day: on leave from their own clinic, which moves nobody.
    const free = await clinic.ask(head, 'GET', `/api/schedules/sessions?from=${on}&days=1&doctor=${other.id}`);
    for (const session of free.body.sessions as { id: string }[]) await clinic.rows(`UPDATE booking.session SET state = 'closed' WHERE id = $1 RETURNING id`, [session.id]);
    const done = await leave('/api/leave', { doctor: doctor.id, from: `${on}T00:00:00+07:00`, until: `${on}T23:59:00+07:00`, booked: 'move', replacement: other.id });
    expect(done).toMatchObject({ booked: 1, takenOver: [{ appointmentId: one.id, was: one.start, doctor: other.name, room: one.room.name }], moved: [], toCall: [], here: [] });
    expect((await messages('booking.doctor-changed')).map(({ about }) => about)).toEqual([one.id]);
    const stored = (await clinic.ask(clinic.operator, 'GET', `/fhir/R4/Appointment/${one.id}`)).body as { participant: { actor: { reference: string } }[] };
    expect(stored.participant.map(({ actor }) => actor.reference)).toContain(`Practitioner/${other.id}`);
  });

  it('comes back early: what is closed opens again, and who was still to be called keeps the time', async () => {
    const on = addDays(clinic.day, 13);
    const { doctor, starts } = await ofDoctor(on);
    const one = await clinic.book(clinic.operator, clinic.people[10]!, starts[2]!);
    const before = (await clinic.starts(on)).length;
    const { id } = (await leave('/api/leave', { doctor: doctor.id, from: `${on}T00:00:00+07:00`, until: `${on}T23:59:00+07:00`, booked: 'call' })) as LeaveOutcome & { id: string };
    expect(await toCall()).toContain(one.id);
    expect((await clinic.starts(on)).length).toBeLessThan(before);
    const ended = await clinic.ask(head, 'POST', `/api/leave/${id}/end`);
    expect([ended.status, ended.body]).toEqual([200, { opened: 2, kept: 1 }]);
    expect(await toCall()).not.toContain(one.id);
    expect(await clinic.starts(on)).toHaveLength(before);
    const due = await clinic.rows<{ state: string }>(`SELECT state FROM messages.message WHERE about_id = $1 AND template LIKE 'booking.reminder%' AND state = 'queued'`, [one.id]);
    expect(due).toHaveLength(2);
    expect((await clinic.ask(head, 'POST', `/api/leave/${id}/end`)).body).toMatchObject({ code: 'booking.no-such-leave' });
  });

  it('refuses a doctor as their own replacement, and a leave that is over', async () => {
    const { doctor } = await ofDoctor(addDays(clinic.day, 8));
    const body = { doctor: doctor.id, from: `${clinic.day}T00:00:00+07:00`, until: `${addDays(clinic.day, 9)}T00:00:00+07:00`, booked: 'call' };
    expect((await clinic.ask(head, 'POST', '/api/leave/preview', { ...body, replacement: doctor.id })).body).toMatchObject({ code: 'booking.replaces-themselves' });
    expect((await clinic.ask(head, 'POST', '/api/leave', { ...body, from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' })).body).toMatchObject({ code: 'booking.ends-before-it-begins' });
  });
});
