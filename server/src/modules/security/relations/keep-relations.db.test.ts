// The relation "this patient is in my queue, my ward, my order list, my department", kept from what the record stores.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { Actor } from '../../../platform/work.ts';
import { keyOf } from '../fhir-types.ts';
import { compilePolicy } from '../policy/compiled-policy.ts';
import { policyInForce, putInForce } from '../policy/policy-in-force.ts';
import { starterPolicy } from '../policy/starter-policy.ts';
import { relatedPatients } from './find-related-patients.ts';
import { keepGuards } from './keep-guards.ts';
import { keepRelations } from './keep-relations.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.database.query({ text: 'delete from security.care_relation; delete from security.patient_guard' }));

const day = 86_400_000;
const someone = (facts: Partial<Actor>): Actor => ({ id: 'a', kind: 'person', name: 'Quang', roles: ['doctor'], ...facts });
const quang = someone({ practitioner: 'quang' });
const ward = someone({ places: ['Location/205'] });
const department = someone({ places: ['Organization/noi-tiet'] });
const hanh = keyOf('hanh');

type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string };
const store = (after: Resource, current?: object) => keepRelations(db.work(), [{ type: after.resourceType, id: after.id, ...(current && { current }), after: { resource: after } }]);
const isRelated = async (actor: Actor, relation: 'care' | 'department' | 'own' | 'emergency', at = db.work().now, patient = hanh) =>
  (await relatedPatients(db.database, actor, relation, [patient, keyOf('other')], at)).has(patient);

const visit = (more: object = {}): Resource => ({
  resourceType: 'Encounter', id: 'v1', status: 'in-progress', subject: { reference: 'Patient/hanh' }, period: { start: '2026-03-01T08:00:00+07:00' },
  participant: [{ individual: { reference: 'Practitioner/quang' } }], location: [{ location: { reference: 'Location/205' } }], serviceProvider: { reference: 'Organization/noi-tiet' }, ...more,
});

describe('A visit', () => {
  it('relates its people and its room by care, its department by department, and nobody else', async () => {
    await store(visit());
    expect([await isRelated(quang, 'care'), await isRelated(ward, 'care'), await isRelated(department, 'department')]).toEqual([true, true, true]);
    expect([await isRelated(quang, 'department'), await isRelated(department, 'care'), await isRelated(someone({ practitioner: 'lan' }), 'care'), await isRelated(someone({}), 'care')]).toEqual([false, false, false, false]);
    expect(await isRelated(quang, 'care', db.work().now, keyOf('other'))).toBe(false);
  });

  it('holds while it is open and for the days of the policy after its end', async () => {
    await store(visit());
    expect(await isRelated(quang, 'care', db.work().now + 3650 * day)).toBe(true);
    const end = Date.parse('2026-03-02T08:00:00+07:00');
    await store(visit({ status: 'finished', period: { start: '2026-03-01T08:00:00+07:00', end: '2026-03-02T08:00:00+07:00' } }), visit());
    expect([await isRelated(quang, 'care', end + 89 * day), await isRelated(quang, 'care', end + 90 * day)]).toEqual([true, false]);
    expect([await isRelated(department, 'department', end + 29 * day), await isRelated(department, 'department', end + 30 * day)]).toEqual([true, false]);
  });

  it('holds not before it began', async () => {
    await store(visit({ period: { start: '2026-03-05' } }));
    expect([await isRelated(quang, 'care'), await isRelated(quang, 'care', Date.parse('2026-03-06'))]).toEqual([false, true]);
  });

  it('follows a correction: whom it names no more is related no more', async () => {
    await store(visit());
    await store(visit({ participant: [{ individual: { reference: 'Practitioner/lan' } }] }), visit());
    expect([await isRelated(quang, 'care'), await isRelated(someone({ practitioner: 'lan' }), 'care')]).toEqual([false, true]);
    await store(visit({ subject: { reference: 'Patient/other' } }), visit());
    expect([await isRelated(ward, 'care'), await isRelated(ward, 'care', db.work().now, keyOf('other'))]).toEqual([false, true]);
  });

  it('goes with its deletion, its cancelling and its being an error', async () => {
    for (const gone of [undefined, visit({ status: 'cancelled' }), visit({ status: 'entered-in-error' })]) {
      await store(visit());
      await keepRelations(db.work(), [{ type: 'Encounter', id: 'v1', current: visit(), after: gone && { resource: gone } }]);
      expect(await isRelated(quang, 'care')).toBe(false);
    }
  });

  it('leaves the relation that another visit makes', async () => {
    await store(visit());
    await store({ ...visit(), id: 'v2' });
    await keepRelations(db.work(), [{ type: 'Encounter', id: 'v1', current: visit() }]);
    expect(await isRelated(quang, 'care')).toBe(true);
  });
});

describe('Other facts', () => {
  it('an order relates who asks and who is to do it', async () => {
    await store({ resourceType: 'ServiceRequest', id: 'o1', status: 'active', subject: { reference: 'Patient/hanh' }, requester: { reference: 'Practitioner/quang' }, performer: [{ reference: 'Organization/xet-nghiem' }], authoredOn: '2026-03-01' });
    expect([await isRelated(quang, 'department'), await isRelated(someone({ places: ['Organization/xet-nghiem'] }), 'department')]).toEqual([true, true]);
    // an order is what one can write for oneself: it opens no more than one's department sees
    expect(await isRelated(quang, 'care')).toBe(false);
  });

  it('an appointment relates from a week before it, and not when it is cancelled or declined', async () => {
    const appointment = (more: object = {}, mine = 'accepted'): Resource => ({
      resourceType: 'Appointment', id: 'a1', status: 'booked', start: '2026-03-20T08:00:00+07:00', end: '2026-03-20T08:30:00+07:00',
      participant: [{ actor: { reference: 'Patient/hanh' }, status: 'accepted' }, { actor: { reference: 'Practitioner/quang' }, status: mine }], ...more,
    });
    const start = Date.parse('2026-03-20T08:00:00+07:00');
    await store(appointment());
    expect([await isRelated(quang, 'care', start - 8 * day), await isRelated(quang, 'care', start - 6 * day), await isRelated(quang, 'care', start + 31 * day)]).toEqual([false, true, false]);
    await store(appointment({}, 'declined'), appointment());
    expect(await isRelated(quang, 'care', start)).toBe(false);
    await store(appointment({ status: 'cancelled' }), appointment());
    expect(await isRelated(quang, 'care', start)).toBe(false);
  });

  it('a team relates its members, each for their time, and whoever works in the team', async () => {
    await store({
      resourceType: 'CareTeam', id: 't1', status: 'active', subject: { reference: 'Patient/hanh' },
      participant: [{ member: { reference: 'Practitioner/quang' }, period: { end: '2025-01-01' } }, { member: { reference: 'PractitionerRole/lan-role' } }],
    });
    expect([await isRelated(quang, 'care'), await isRelated(someone({ places: ['PractitionerRole/lan-role'] }), 'care'), await isRelated(someone({ places: ['CareTeam/t1'] }), 'care')]).toEqual([false, true, true]);
  });

  it('a member who left a team and came back is one, from the first day to the last', async () => {
    const member = { reference: 'Practitioner/quang' };
    await store({
      resourceType: 'CareTeam', id: 't2', status: 'active', subject: { reference: 'Patient/hanh' },
      participant: [{ member, period: { start: '2025-01-01', end: '2025-02-01' } }, { member, period: { start: '2026-02-01' } }],
    });
    expect([await isRelated(quang, 'care'), await isRelated(quang, 'care', Date.parse('2025-01-15')), await isRelated(quang, 'care', Date.parse('2024-12-01'))]).toEqual([true, true, false]);
  });

  it('a visit that was planned and never came relates nobody for ever', async () => {
    await store(visit({ status: 'planned' }));
    expect(await isRelated(quang, 'care', Date.parse('2027-01-01'))).toBe(false);
  });

  it('own patients and emergencies are the actor’s, each emergency until its end', async () => {
    const now = db.work().now;
    expect([await isRelated(someone({ patients: ['hanh'] }), 'own'), await isRelated(quang, 'own')]).toEqual([true, false]);
    const opened = someone({ emergencies: [{ patient: 'hanh', until: now + 1000 }] });
    expect([await isRelated(opened, 'emergency', now), await isRelated(opened, 'emergency', now + 1000)]).toEqual([true, false]);
  });

  it('many changes are one statement, the last of a resource counts', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ type: 'Encounter', id: `m${i % 100}`, after: { resource: { ...visit(), id: `m${i % 100}`, subject: { reference: `Patient/p${i}` } } } }));
    await keepRelations(db.work(), many);
    const { rows } = await db.database.query<{ n: string; patients: string }>({ text: 'select count(*) n, count(distinct patient) patients from security.care_relation' });
    expect(rows[0]).toEqual({ n: '300', patients: '100' });
  });
});

describe('Guards of patients', () => {
  const labelled = (...codes: string[]) => ({ resourceType: 'Patient', meta: { security: codes.map((code) => ({ code })) } });
  const guardOf = async () => (await db.database.query<{ marks: number }>({ text: 'select marks from security.patient_guard where patient = $1', values: [String(hanh)] })).rows[0]?.marks;
  const keep = (resource: object, current?: object) => keepGuards(db.work(), [{ type: 'Patient', id: 'hanh', ...(current && { current }), after: { resource: { ...resource } } }]);

  it('come with a label, tell that they changed, and go with it', async () => {
    expect(await keep(labelled())).toEqual([]);
    expect(await keep(labelled('VIP'))).toEqual([{ patient: hanh, marks: 1 << 16 }]);
    expect(await keep(labelled('VIP'), {})).toEqual([]);
    expect(await keep(labelled('VIP', 'EMP'), {})).toEqual([{ patient: hanh, marks: (1 << 16) | (1 << 17) }]);
    expect(await keep(labelled(), {})).toEqual([{ patient: hanh, marks: 0 }]);
    expect(await guardOf()).toBeUndefined();
  });

  it('leave the bit of the consents alone', async () => {
    await db.database.query({ text: 'insert into security.patient_guard values ($1, $2)', values: [String(hanh), 1 << 18] });
    expect(await keep(labelled('VIP'), {})).toEqual([{ patient: hanh, marks: (1 << 16) | (1 << 18) }]);
    expect(await keep(labelled(), {})).toEqual([{ patient: hanh, marks: 1 << 18 }]);
    expect(await guardOf()).toBe(1 << 18);
  });
});

describe('The time limits of the policy', () => {
  it('hold at once for what was stored before they changed', async () => {
    const end = Date.parse('2026-03-02T08:00:00+07:00');
    await store(visit({ status: 'finished', period: { start: '2026-03-01T08:00:00+07:00', end: '2026-03-02T08:00:00+07:00' } }));
    const before = policyInForce();
    putInForce({ version: 2, policy: compilePolicy({ ...starterPolicy, limits: { ...starterPolicy.limits, careDaysAfterVisit: 3 } }) });
    expect([await isRelated(quang, 'care', end + 2 * day), await isRelated(quang, 'care', end + 3 * day)]).toEqual([true, false]);
    if (before !== undefined) putInForce(before);
  });
});
