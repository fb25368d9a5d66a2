// Attacks on merging and parting records: what is written while a record goes, what was changed in between, merges upon merges.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { mergePatients } from '../../server/src/modules/identity/merging/merge-patients.ts';
import { addDays } from '../../server/src/modules/booking/seats/local-time.ts';
import { openClinic, specialty, type Clinic } from '../support/clinic.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 120_000);
afterAll(() => clinic?.server.close());

let made = 0;
/** Another person, without what would make them alike to others. */
async function register(name: string): Promise<string> {
  const { status, body } = await clinic.ask(clinic.desk, 'POST', '/api/patients', { registration: { kind: 'full', name, sex: 'female', birthDate: String(1940 + made++), phone: `09770000${String(made).padStart(2, '0')}` } });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.patientId;
}
const merge = async (kept: string, from: string): Promise<string> => {
  const { status, body } = await clinic.ask(clinic.desk, 'POST', `/api/patients/${kept}/merge`, { from });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.mergeId;
};
const undo = (mergeId: string) => clinic.ask(clinic.desk, 'POST', `/api/merges/${mergeId}/undo`);
const appointmentOf = async (id: string) => {
  const [row] = await clinic.rows<{ patient_id: string; person_name: string }>('SELECT patient_id, person_name FROM booking.appointment WHERE id = $1', [id]);
  const { body } = await clinic.ask(clinic.server, 'GET', `/fhir/R4/Appointment/${id}`);
  const inRecord = (body.participant as { actor?: { reference?: string } }[]).flatMap(({ actor }) => (actor?.reference?.startsWith('Patient/') ? [actor.reference.slice(8)] : []));
  return { patient: row?.patient_id, name: row?.person_name, inRecord };
};

describe('a record that was merged', () => {
  it('is written to no more: bookings, arrivals and the waiting list land on the one that stands', async () => {
    const { book, starts, operator, ask, desk, day, server, rows } = clinic;
    const [kept, gone] = [await register('Đinh Thị Kế'), await register('Đinh Kế')];
    await merge(kept, gone);
    const appointment = await book(operator, gone, (await starts())[0]!);
    expect(appointment.patientId).toBe(kept);
    expect(await appointmentOf(appointment.id)).toEqual({ patient: kept, name: 'Đinh Thị Kế', inRecord: [kept] });
    const waiting = await ask(operator, 'POST', '/api/booking/waiting-list', { patientId: gone, specialty, from: addDays(day, 3), until: addDays(day, 9) });
    expect([waiting.status, waiting.body.patientId]).toEqual([200, kept]);
    const { visitId } = await receiveVisit(server.db.work(), { patientId: gone, roomId: 'sen-hong-301' });
    expect(await rows('SELECT patient_id FROM encounters.visit WHERE id = $1', [visitId])).toEqual([{ patient_id: kept }]);
    expect((await ask(desk, 'GET', `/api/patients/${kept}/appointments`)).body.coming).toHaveLength(1);
  });

  it('loses nothing that is booked or received at the very moment', async () => {
    const { hold, starts, operator, ask, rows, server } = clinic;
    const free = await starts(clinic.days[1]);
    for (let round = 0; round < 4; round++) {
      const [kept, gone] = [await register('Lò Thị Một'), await register('Lò Một')];
      const held = await hold(operator, free[round * 3]!);
      const results = await Promise.all([
        ask(operator, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: gone }),
        mergePatients(server.db.work(), { patientId: kept, from: gone }),
        receiveVisit(server.db.work(), { patientId: gone, roomId: 'sen-hong-302' }),
      ]);
      expect(results[0].status, JSON.stringify(results[0].body)).toBe(200);
      expect(await appointmentOf(results[0].body.id)).toMatchObject({ patient: kept, name: 'Lò Thị Một', inRecord: [kept] });
      expect(await rows('SELECT patient_id, person_name FROM encounters.visit WHERE id = $1', [results[2].visitId])).toEqual([{ patient_id: kept, person_name: 'Lò Thị Một' }]);
      const { body } = await ask(server, 'GET', `/fhir/R4/Encounter/${results[2].visitId}`);
      expect(body.subject.reference).toBe(`Patient/${kept}`);
    }
  });
});

describe('undoing a merge', () => {
  it('gives back names, appointments and places on the waiting list exactly', async () => {
    const { book, starts, operator, ask, day } = clinic;
    const [kept, gone] = [await register('Mai Thị Bốn'), await register('Mai Bốn')];
    const appointment = await book(operator, gone, (await starts(clinic.days[2]))[1]!);
    await ask(operator, 'POST', '/api/booking/waiting-list', { patientId: gone, specialty, from: addDays(day, 3), until: addDays(day, 9) });
    const waitingOf = async (id: string) => (await ask(operator, 'GET', `/api/booking/waiting-list?patientId=${id}`)).body.entries.length;
    const merged = await merge(kept, gone);
    expect([await appointmentOf(appointment.id), await waitingOf(kept), await waitingOf(gone)]).toEqual([{ patient: kept, name: 'Mai Thị Bốn', inRecord: [kept] }, 1, 0]);
    expect((await undo(merged)).status).toBe(200);
    expect([await appointmentOf(appointment.id), await waitingOf(kept), await waitingOf(gone)]).toEqual([{ patient: gone, name: 'Mai Bốn', inRecord: [gone] }, 0, 1]);
  });

  it('leaves with the kept record what was changed since, in the tables as in the record', async () => {
    const { book, hold, starts, operator, ask, rows, server } = clinic;
    const [kept, gone] = [await register('Hà Thị Năm'), await register('Hà Năm')];
    const free = await starts(clinic.days[2]);
    const moved = await book(operator, gone, free[4]!);
    const still = await book(operator, gone, free[8]!);
    const { visitId } = await receiveVisit(server.db.work(), { patientId: gone, roomId: 'sen-hong-303' });
    const merged = await merge(kept, gone);
    const held = await hold(operator, free[12]!);
    expect((await ask(operator, 'POST', `/api/appointments/${moved.id}/move`, { holdToken: held.body.holdToken })).status).toBe(200);
    const [{ id: turn }] = (await rows<{ id: string }>('SELECT id FROM encounters.turn WHERE visit_id = $1', [visitId])) as [{ id: string }];
    const nurse = await server.as('nurse');
    expect((await ask(nurse, 'POST', `/api/turns/${turn}/begin`, {})).status).toBe(200);
    const undone = await undo(merged);
    expect(undone.body.stayed).toEqual(expect.arrayContaining([{ type: 'Appointment', id: moved.id }, { type: 'Encounter', id: visitId }]));
    expect([await appointmentOf(moved.id), await appointmentOf(still.id)]).toEqual([{ patient: kept, name: 'Hà Thị Năm', inRecord: [kept] }, { patient: gone, name: 'Hà Năm', inRecord: [gone] }]);
    const { body: encounter } = await ask(server, 'GET', `/fhir/R4/Encounter/${visitId}`);
    expect([await rows('SELECT patient_id FROM encounters.visit WHERE id = $1', [visitId]), encounter.subject.reference]).toEqual([[{ patient_id: kept }], `Patient/${kept}`]);
    expect(await rows('SELECT DISTINCT c.patient_id = a.patient_id AS same FROM booking.claim c JOIN booking.appointment a ON a.id = c.appointment_id AND c.state = \'booked\'')).toEqual([{ same: true }]);
  });

  it('is done from the last one back: a record that was merged on is parted first', async () => {
    const { book, starts, operator } = clinic;
    const [first, second, third] = [await register('Cao Thị Sáu'), await register('Cao Sáu'), await register('Cao T. Sáu')];
    const appointment = await book(operator, first, (await starts(clinic.days[2]))[16]!);
    const [one, two] = [await merge(second, first), await merge(third, second)];
    const early = await undo(one);
    expect([early.status, early.body.code]).toEqual([409, 'identity.merged-since']);
    expect([(await undo(two)).status, (await appointmentOf(appointment.id)).patient]).toEqual([200, second]);
    expect([(await undo(one)).status, await appointmentOf(appointment.id)]).toEqual([200, { patient: first, name: 'Cao Thị Sáu', inRecord: [first] }]);
  });
});
