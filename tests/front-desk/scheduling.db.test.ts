// Booking sites of others: IHE ITI Scheduling 1.0.1, over the wire as a partner.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let partner: TestCaller;
const session = randomUUID();

beforeAll(async () => {
  server = await testServer();
  const day = tomorrow();
  const run = (text: string, values: unknown[]) => server.db.database.query({ text, values });
  await run(`INSERT INTO booking.specialty (id, facility, name) VALUES ('khoa-mat', 'sen-hong', 'Khoa Mắt')`, []);
  await run(
    `INSERT INTO booking.session (id, facility, day, room_id, room_name, specialty_id, during, step_minutes, lanes) VALUES ($1, 'sen-hong', $2, 'phong-207', 'Phòng 207', 'khoa-mat', tstzrange($3, $4), 15, 1)`,
    [session, day, `${day}T08:00:00+07:00`, `${day}T09:00:00+07:00`],
  );
  partner = await server.as('partner');
});
afterAll(() => server.close());

function tomorrow(): string {
  return new Date(server.db.clock() + 31 * 3_600_000).toISOString().slice(0, 10);
}

interface Appointment { id: string; status: string; start: string; specialty: { text: string }[]; participant: { actor: { reference: string } }[] }
interface Answer { resourceType: string; total?: number; entry?: { resource: Appointment }[]; issue?: { details?: { coding?: { code: string }[] } }[] }
const operation = async (who: TestCaller, name: string, parameter: object[]) => {
  const response = await who.call(`/fhir/R4/Appointment/$${name}`, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Parameters', parameter }) });
  return { status: response.status, answer: (await response.json()) as Answer };
};
const find = () => operation(partner, 'find', [
  { name: 'start', valueDateTime: `${tomorrow()}T00:00:00+07:00` }, { name: 'end', valueDateTime: `${tomorrow()}T23:00:00+07:00` }, { name: 'specialty', valueCodeableConcept: { coding: [{ code: 'khoa-mat' }] } },
]);
const reference = (id: string) => ({ name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } });
const patient = { resourceType: 'Patient', name: [{ text: 'Đinh Thị Xuân' }], birthDate: '1959-04-02', gender: 'female', telecom: [{ system: 'phone', value: '0912000321' }] };

describe('IHE ITI Scheduling 1.0.1', () => {
  it('ITI-115 $find proposes what is free, in order', async () => {
    const { status, answer } = await find();
    expect([status, answer.total]).toEqual([200, 4]);
    expect(answer.entry?.map(({ resource }) => [resource.status, resource.specialty[0]?.text])).toEqual(Array.from({ length: 4 }, () => ['proposed', 'Khoa Mắt']));
    expect(answer.entry?.map(({ resource }) => resource.start)).toEqual(answer.entry!.map(({ resource }) => resource.start).sort());
  });

  it('ITI-116 $hold keeps one for its holder, ITI-117 $book makes it an appointment of the record, once however often it is sent', async () => {
    const [first] = (await find()).answer.entry!;
    const held = await operation(partner, 'hold', [reference(first!.resource.id)]);
    expect(held.answer.entry?.[0]?.resource).toMatchObject({ status: 'pending', start: first!.resource.start });
    expect((await find()).answer.total).toBe(3);
    expect((await operation(partner, 'hold', [reference(first!.resource.id)])).status).toBe(409);
    const ask = [reference(held.answer.entry![0]!.resource.id), { name: 'patient-resource', resource: patient }, { name: 'comment', valueString: 'Mờ mắt phải' }];
    const booked = await operation(partner, 'book', ask);
    expect(booked.status).toBe(201);
    const again = await operation(partner, 'book', ask);
    expect(again.answer.entry?.[0]?.resource.id).toBe(booked.answer.entry?.[0]?.resource.id);
    const id = booked.answer.entry![0]!.resource.id;
    const stored = (await (await server.call(`/fhir/R4/Appointment/${id}`)).json()) as Appointment;
    expect(stored).toMatchObject({ status: 'booked', start: first!.resource.start, reasonCode: [{ text: 'Mờ mắt phải' }] });
    const who = stored.participant.map(({ actor }) => actor.reference).find((one) => one.startsWith('Patient/'))!;
    expect(await (await server.call(`/fhir/R4/${who}`)).json()).toMatchObject({ name: [{ text: 'Đinh Thị Xuân' }], birthDate: '1959-04-02' });
  });

  it('books a proposal at once, without a hold', async () => {
    const [one] = (await find()).answer.entry!;
    const { status } = await operation(partner, 'book', [reference(one!.resource.id), { name: 'patient-resource', resource: { ...patient, name: [{ text: 'Lò Văn Tâm' }] } }]);
    expect([status, (await find()).answer.total]).toEqual([201, 2]);
  });

  it('refuses what nobody proposed, a person half described, a patient of the house, a time without end, and those who may not book', async () => {
    const [one] = (await find()).answer.entry!;
    expect((await operation(partner, 'hold', [reference('tu-dat')])).status).toBe(400);
    expect((await operation(partner, 'book', [reference(one!.resource.id), { name: 'patient-resource', resource: { ...patient, telecom: [] } }])).status).toBe(400);
    expect((await operation(partner, 'book', [reference(one!.resource.id), { name: 'patient-reference', valueReference: { reference: 'Patient/nguyen-thi-hanh' } }])).status).toBe(403);
    expect((await operation(partner, 'find', [{ name: 'start', valueDateTime: tomorrow() }])).status).toBe(400);
    expect((await operation(await server.as('auditor'), 'hold', [reference(one!.resource.id)])).status).toBe(403);
    // What was refused holds nothing.
    expect((await find()).answer.total).toBe(2);
  });
});
