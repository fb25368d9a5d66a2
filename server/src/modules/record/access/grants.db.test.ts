import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../platform/work.ts';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { exportResources, takeSnapshot } from '../index.ts';
import { importResources } from '../import-resources.ts';
import { createResource } from '../create-resource.ts';
import { readResource } from '../read-resource.ts';
import { searchResources } from '../search-resources.ts';
import { readVersions } from '../read-versions.ts';

let db: TestDatabase;
const category = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] }];
const observation = (id: string, of: string, kind: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', code: { text: kind }, category: category(kind), subject: { reference: `Patient/${of}` }, ...more });

beforeAll(async () => {
  db = await testDatabase();
  await importResources(db.work(), [
    { resourceType: 'Patient', id: 'lan', name: [{ family: 'Trần' }] }, { resourceType: 'Patient', id: 'minh', name: [{ family: 'Lê' }] },
    observation('lab-lan', 'lan', 'laboratory', { effectiveDateTime: '2026-02-01' }), observation('vital-lan', 'lan', 'vital-signs', { effectiveDateTime: '2026-02-02', issued: '2026-02-02T00:00:00Z' }), observation('lab-minh', 'minh', 'laboratory'),
    { resourceType: 'Appointment', id: 'visit-lan', status: 'booked', start: '2026-03-05T08:00:00Z', end: '2026-03-05T08:30:00Z', participant: [{ status: 'accepted', actor: { reference: 'Practitioner/quang' } }, { status: 'accepted', actor: { reference: 'Patient/lan' } }] },
    { resourceType: 'Group', id: 'cohort', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/lan' } }, { entity: { reference: 'Patient/minh' } }] },
  ]);
});
afterAll(() => db.close());

/** An app in the hands of the in-house system: only its scopes hold it back. */
const app = (scopes: readonly string[], patient?: string): Actor => ({
  id: 'nguoi-dung', kind: 'person', name: 'App', roles: ['integration'], grant: { client: 'app', scopes, ...(patient === undefined ? {} : { patient }) },
});
const found = async (actor: Actor, type: string, query = ''): Promise<(string | undefined)[]> => (await searchResources(db.work(actor), type, query)).resources.map(({ id }) => id).sort();
const refused = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', (error: { code?: string }) => String(error.code));

describe('SMART App Launch 2.2, scopes for requesting clinical data', () => {
  it('with search parameters leave only what meets one of them', async () => {
    expect(await found(app(['user/Observation.rs?category=laboratory']), 'Observation')).toEqual(['lab-lan', 'lab-minh']);
    expect(await found(app(['user/Observation.rs?category=laboratory', 'user/Observation.rs?date=ge2026-02-02']), 'Observation')).toEqual(['lab-lan', 'lab-minh', 'vital-lan']);
    expect(await readResource(db.work(app(['user/Observation.rs?category=laboratory'])), 'Observation', 'vital-lan')).toBeUndefined();
  });

  it('of a patient stay with the patient of the launch, for what has several patients too', async () => {
    const launched = app(['patient/Observation.rs', 'patient/Appointment.rs', 'patient/Patient.rs'], 'lan');
    expect([await found(launched, 'Observation'), await found(launched, 'Appointment'), await found(launched, 'Patient')]).toEqual([['lab-lan', 'vital-lan'], ['visit-lan'], ['lan']]);
  });

  it('tell reading from searching and writing, by their letters', async () => {
    const reader = app(['user/Observation.r']);
    expect([await found(reader, 'Observation'), (await readResource(db.work(reader), 'Observation', 'lab-lan'))?.id]).toEqual([[], 'lab-lan']);
    expect(await refused(createResource(db.work(reader), { type: 'Observation', resource: observation('x', 'lan', 'laboratory') }))).toBe('record.write-not-allowed');
  });

  it('judge what is written by what it would be: a criterion on codes, dates and texts of the new content', async () => {
    const writer = app(['user/Observation.c?category=laboratory', 'user/Observation.c?date=ge2026-03-01&_tag=x']);
    const create = (kind: string) => refused(createResource(db.work(writer), { type: 'Observation', resource: { ...observation('x', 'lan', kind), id: undefined } }));
    expect([await create('laboratory'), await create('vital-signs')]).toEqual(['done', 'record.write-not-allowed']);
  });

  it('give nothing of types they do not name, in chains neither', async () => {
    const narrow = app(['user/Observation.rs']);
    expect([await found(narrow, 'Patient'), await found(narrow, 'Observation', 'patient.family=Trần'), await found(narrow, 'Observation', 'patient=Patient/minh')]).toEqual([[], [], ['lab-minh']]);
  });
});

describe('relations', () => {
  const patient: Actor = { id: 'lan', kind: 'person', name: 'Lan', roles: ['patient'], patients: ['lan'] };

  it('to one member are no reason to see a Group', async () => {
    expect([await found(patient, 'Group'), await found(patient, 'Appointment')]).toEqual([[], ['visit-lan']]);
  });

  it('to whom one has nothing to do with are made by opening the record in an emergency, and end with it', async () => {
    const doctor: Actor = { id: 'khach', kind: 'person', name: 'BS', roles: ['doctor'], practitioner: 'khach', places: [] };
    const opened: Actor = { ...doctor, emergencies: [{ patient: 'lan', until: db.clock() + 60_000 }] };
    const labs = 'category=laboratory&_sort=_id';
    expect([await found(doctor, 'Observation', labs), (await found(opened, 'Observation', labs)).includes('lab-lan')]).toEqual([[], true]);
    expect([(await found(opened, 'Observation', labs)).includes('lab-minh'), (await readResource(db.work(opened), 'Observation', 'lab-lan'))?.id]).toEqual([false, 'lab-lan']);
    const late: Actor = { ...opened, emergencies: [{ patient: 'lan', until: db.clock() - 1 }] };
    expect(await found(late, 'Observation', labs)).toEqual([]);
  });

  it('hold for bulk export and for versions that others are told of', async () => {
    const snapshot = await takeSnapshot(db.database);
    const { found: lines } = await exportResources(db.work(patient), { type: 'Observation', snapshot, since: undefined, after: undefined, limit: 100 });
    expect(lines.map((json) => JSON.parse(json.toString()).id).filter((id: string) => id.startsWith('lab') || id.startsWith('vital')).sort()).toEqual(['lab-lan', 'vital-lan']);
    const versions = await readVersions(db.work(patient), ['lab-lan', 'lab-minh'].map((id) => ({ type: 'Observation', id, version: 1 })));
    expect(versions.map((version) => version?.id)).toEqual(['lab-lan', undefined]);
  });
});
