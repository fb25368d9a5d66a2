// Weekly templates, days off and seats kept for a door, as the head of a clinic changes them over HTTP.
import type { AppointmentView, BookingStart, Holiday, LeaveOutcome, ScheduleEffect, ScheduleFinding, SessionView, StoredTemplate, WeeklyTemplate } from '@sen/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { openClinic, specialty, type Clinic } from '../support/clinic.ts';
import type { TestCaller } from '../support/server.ts';

let clinic: Clinic;
let head: TestCaller;
let day: string;

beforeAll(async () => {
  clinic = await openClinic();
  await loadRooms(clinic.server.db.work());
  head = await clinic.server.as('quantri');
  day = addDays(clinic.day, 7);
}, 60_000);
afterAll(() => clinic?.server.close());

interface Listed { templates: StoredTemplate[]; doctors: { id: string; name: string; specialties: string[] }[]; rooms: { id: string; name: string }[]; specialties: { id: string }[]; visitTypes: { code: string }[] }
const listed = async (query = '') => (await clinic.ask(head, 'GET', `/api/schedules?${query}`)).body as Listed;
const sessions = async (on: string, query = '') => (await clinic.ask(head, 'GET', `/api/schedules/sessions?from=${on}&days=1&${query}`)).body.sessions as SessionView[];
const preview = async (body: object) => (await clinic.ask(head, 'POST', '/api/schedules/preview', body)).body as { findings: ScheduleFinding[]; seats: number; effect?: ScheduleEffect };
const messagesOf = (id: string) => clinic.rows<{ template: string }>(`SELECT template FROM messages.message WHERE about_id = $1 AND template IN ('booking.moved', 'booking.doctor-changed')`, [id]);
const plain = ({ id: _id, doctorName: _d, roomName: _r, specialtyName: _s, ...template }: StoredTemplate): WeeklyTemplate => template;

describe('a weekly template', () => {
  it('is chosen from the doctors, rooms and departments of the record', async () => {
    const { doctors, rooms, specialties, visitTypes } = await listed();
    expect(doctors.length).toBeGreaterThan(5);
    expect(rooms.length).toBeGreaterThan(5);
    expect(specialties.map(({ id }) => id)).toContain(specialty);
    expect(visitTypes.map(({ code }) => code)).toEqual(['first', 'follow-up', 'insurance-follow-up', 'check-up']);
  });

  it('shows what cannot be before it is kept, and refuses it', async () => {
    const template = plain((await listed(`specialty=${specialty}`)).templates[0]!);
    const wrong = { ...template, validFrom: day, from: '08:00', until: '09:00', stepMinutes: 25, seats: [{ pool: 'app', kept: 9, openHoursBefore: 24 }, { pool: 'visit-type:unknown', kept: 0, openHoursBefore: 0 }] };
    const { findings, effect, seats } = await preview({ template: wrong });
    expect(findings.filter(({ level }) => level === 'error').map(({ code }) => code).sort()).toEqual(['doctor-elsewhere', 'too-many-kept', 'unknown-visit-type']);
    expect(findings.filter(({ level }) => level === 'note').map(({ code }) => code)).toContain('minutes-left');
    expect([effect, seats]).toEqual([undefined, 2]);
    const refused = await clinic.ask(head, 'POST', '/api/schedules', wrong);
    expect([refused.status, refused.body.code]).toEqual([422, 'booking.schedule-does-not-hold']);
  });

  it('makes its sessions, and its department bookable', async () => {
    const { doctors, rooms } = await listed();
    const eye = 'sen-hong-emergency';
    const template: WeeklyTemplate = { doctor: doctors[0]!.id, room: rooms.at(-1)!.id, specialty: eye, weekday: 6, from: '08:00', until: '10:00', stepMinutes: 15, lanes: 2, visitTypes: ['first'], seats: [], validFrom: clinic.day };
    const seen = await preview({ template });
    const added = await clinic.ask(head, 'POST', '/api/schedules', template);
    expect(added.status, JSON.stringify(added.body)).toBe(200);
    expect(added.body.effect).toEqual(seen.effect);
    expect(added.body.effect.made).toBeGreaterThan(7);
    expect((await listed(`specialty=${eye}`)).templates).toMatchObject([{ id: added.body.id, from: '08:00', lanes: 2 }]);
  });
});

describe('a template in place of another', () => {
  let booked: AppointmentView;
  let template: StoredTemplate;
  let late: AppointmentView;

  it('changes the sessions already made; who is booked keeps the time and is told of another room, once', async () => {
    const starts = await clinic.starts(day);
    const start: BookingStart = starts[2]!;
    booked = await clinic.book(clinic.operator, clinic.people[0]!, start);
    late = await clinic.book(clinic.operator, clinic.people[1]!, starts.findLast((one) => one.doctor?.id === start.doctor?.id && one.room.id === start.room.id && one.start < `${day}T05:00`)!);
    const all = (await listed(`doctor=${start.doctor!.id}`)).templates;
    template = all.find(({ weekday, from }) => weekday === weekdayOf(day) && from === '07:30')!;
    const free = (await listed()).rooms.find(({ id }) => id !== template.room)!;
    const change: WeeklyTemplate = { ...plain(template), validFrom: day, room: free.id, seats: [{ pool: 'app', kept: 3, openHoursBefore: 24 }] };
    const seen = await preview({ replaces: template.id, template: change });
    expect(seen.effect).toMatchObject({ keptForBooked: 0, told: 2, stays: [] });
    expect(await messagesOf(booked.id)).toEqual([]);
    const done = await clinic.ask(head, 'PUT', `/api/schedules/${template.id}`, change);
    expect(done.body.effect).toEqual(seen.effect);
    expect((await clinic.ask(clinic.operator, 'GET', `/api/appointments/${booked.id}`)).body).toMatchObject({ start: booked.start, room: { id: free.id } });
    expect(await messagesOf(booked.id)).toEqual([{ template: 'booking.moved' }]);
    const [session] = await sessions(day, `doctor=${start.doctor!.id}`);
    expect(session!.pools).toEqual(expect.arrayContaining([{ pool: 'app', taken: 0, kept: 3, keptNow: 3, opensAt: `${addDays(day, -1)}T00:30:00.000Z` }, { pool: 'phone', taken: 2, kept: 0, keptNow: 0 }]));
    template = (await listed(`doctor=${start.doctor!.id}`)).templates.find(({ id }) => id === done.body.id)!;
    // The week before stays as it was.
    expect((await sessions(clinic.day, `doctor=${start.doctor!.id}`))[0]!.room.id).toBe(booked.room.id);
  });

  it('leaves a session as it is for those who do not fit into the new one, and says which', async () => {
    const seen = await preview({ replaces: template.id, template: { ...plain(template), validFrom: day, until: '10:00' } });
    expect(seen.effect).toMatchObject({ keptForBooked: 1, told: 0, stays: [{ date: day, booked: 2 }] });
    expect(seen.effect!.changed).toBeGreaterThan(3);
    expect(late.start > booked.start).toBe(true);
  });

  it('ends: later sessions are closed but for who is booked', async () => {
    const ended = await clinic.ask(head, 'POST', `/api/schedules/${template.id}/end`, { lastDay: addDays(day, -1) });
    expect(ended.body).toMatchObject({ keptForBooked: 1, made: 0, stays: [{ date: day, booked: 2 }] });
    expect((await listed()).templates.some(({ id }) => id === template.id)).toBe(false); // it never held
    expect(await clinic.rows(`SELECT 1 FROM booking.session WHERE template_id = $1 AND state = 'open' AND day > $2`, [template.id, day])).toEqual([]);
  });
});

describe('a day off', () => {
  const holidays = async () => (await clinic.ask(head, 'GET', '/api/schedules/holidays?year=2026')).body.holidays as Holiday[];

  it('is known for Tết by the lunar calendar', async () => {
    expect((await holidays()).filter(({ name }) => name === 'Tết Nguyên đán').map(({ date }) => date)).toEqual(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20']);
  });

  it('moves whoever is booked when the hospital closes for a storm, seen first, and can be taken back', async () => {
    const on = addDays(clinic.day, 2);
    const one = await clinic.book(clinic.operator, clinic.people[3]!, (await clinic.starts(on))[0]!);
    const body = { name: 'Bão số 3', open: false, booked: 'move', preview: true };
    const seen = (await clinic.ask(head, 'PUT', `/api/schedules/holidays/${on}`, body)).body as { outcome: LeaveOutcome };
    expect((await holidays()).some(({ date }) => date === on)).toBe(false);
    const done = (await clinic.ask(head, 'PUT', `/api/schedules/holidays/${on}`, { ...body, preview: false })).body as { outcome: LeaveOutcome; booked: number };
    expect(done.outcome).toEqual(seen.outcome);
    expect([done.outcome.moved.map(({ appointmentId }) => appointmentId), done.booked]).toEqual([[one.id], 0]);
    expect(await clinic.starts(on)).toEqual([]);
    const open = await clinic.ask(head, 'PUT', `/api/schedules/holidays/${on}`, { name: 'Bão số 3', open: true });
    expect(open.body.effect.changed).toBeGreaterThan(10);
    expect((await holidays()).some(({ date }) => date === on)).toBe(false);
    expect((await clinic.starts(on)).length).toBeGreaterThan(10);
  });
});
