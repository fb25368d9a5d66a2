import { keyOf, typeCode } from '@sen/fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../platform/work.ts';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { marks } from '../policy/marks.ts';
import { consentFacts } from './find-decisions.ts';
import { keepConsents } from './keep-consents.ts';

const patient = keyOf('hanh');
const day = 86_400_000;
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const person = (more: Partial<Actor>): Actor => ({ id: 'a', kind: 'person', name: 'A', roles: ['doctor'], ...more });
const khoi = person({ practitioner: 'khoi', facility: 'sen', places: ['Organization/sen-noi'] });
const lan = person({ practitioner: 'lan', facility: 'sen', places: ['Organization/sen-ngoai'] });
const partner = person({ kind: 'system', roles: ['partner'], places: ['Organization/doi-tac'] });
const insurer = person({ kind: 'system', roles: ['partner'], places: ['Organization/an-tam'], purpose: 'HPAYMT' });

type Provision = Record<string, unknown>;
const actor = (...references: string[]) => references.map((reference) => ({ role: { text: 'x' }, reference: { reference } }));
const purpose = (code: string) => [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code }];
const hiv = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }];

async function say(id: string, provision: Provision, more: object = {}): Promise<bigint[]> {
  const resource = { resourceType: 'Consent', status: 'active', scope: { coding: [{ code: 'patient-privacy' }] }, patient: { reference: 'Patient/hanh' }, dateTime: '2026-01-01', provision, ...more };
  return db.work().transact((inside) => keepConsents(inside, [{ id, after: { resource } }]));
}
const forget = (...ids: string[]) => db.work().transact((inside) => keepConsents(inside, ids.map((id) => ({ id }))));

/** What an actor may see of: an observation, one about HIV, a document. Marked as having consents. */
async function seen(who: Actor, now = db.clock()): Promise<string> {
  const row = (type: string, bits: number, id: string) => ({ patient, type: typeCode(type), marks: bits | marks.consented, key: keyOf(id) });
  const rows = [row('Observation', 0, 'o'), row('Observation', marks.hiv, 'h'), row('DocumentReference', 0, 'd')];
  const decisions = await consentFacts(db.database, who, rows, now);
  return decisions.map(({ denied, permitted }) => (denied ? '-' : permitted ? '+' : '.')).join('');
}

describe('which provision wins (R4 Consent.provision; decision 0012)', () => {
  it('says nothing where nothing was said, and does not look where the mark is missing', async () => {
    expect(await seen(khoi)).toBe('...');
    await say('all', { type: 'deny' });
    const [unmarked] = await consentFacts(db.database, khoi, [{ patient, type: typeCode('Observation'), marks: 0, key: 1n }], db.clock());
    expect(unmarked).toEqual({ denied: false, permitted: false });
    expect(await seen(khoi)).toBe('---');
    await forget('all');
  });

  it('keeps a denial of a category against an older or later broad permission', async () => {
    await say('hiv', { type: 'deny', securityLabel: hiv });
    await say('share', { type: 'permit', actor: actor('Organization/doi-tac') }, { dateTime: '2026-02-01' });
    expect([await seen(khoi), await seen(partner)]).toEqual(['.-.', '+-+']);
    await forget('hiv', 'share');
  });

  it('keeps a denial of a person against a permission of the hospital, and opens to a person what was denied to the department', async () => {
    await say('person', { type: 'deny', actor: actor('Practitioner/khoi') });
    await say('house', { type: 'permit', actor: actor('Organization/sen') }, { dateTime: '2026-02-01' });
    expect([await seen(khoi), await seen(lan)]).toEqual(['---', '+++']);
    await forget('person', 'house');
    await say('department', { type: 'deny', actor: actor('Organization/sen-noi') });
    await say('doctor', { type: 'permit', actor: actor('Practitioner/khoi') }, { dateTime: '2025-01-01' });
    expect(await seen(khoi)).toBe('+++');
    await forget('department', 'doctor');
  });

  it('lets the later of two equal ones stand, whichever it is', async () => {
    await say('a', { type: 'deny', actor: actor('Practitioner/khoi') });
    await say('b', { type: 'permit', actor: actor('Practitioner/khoi') }, { dateTime: '2026-02-01' });
    expect(await seen(khoi)).toBe('+++');
    await say('a', { type: 'deny', actor: actor('Practitioner/khoi') }, { dateTime: '2026-03-01' });
    expect(await seen(khoi)).toBe('---');
    await forget('a', 'b');
  });

  it('reads nested provisions as exceptions, to any depth', async () => {
    await say('nested', { type: 'deny', provision: [{ type: 'permit', actor: actor('Organization/sen-noi'), provision: [{ type: 'deny', securityLabel: hiv }] }] });
    expect([await seen(khoi), await seen(lan)]).toEqual(['+-+', '---']);
    await forget('nested');
  });

  it('holds from the first to the last instant of its period, and no longer', async () => {
    await say('week', { type: 'permit', actor: actor('Organization/doi-tac'), period: { start: '2026-03-02', end: '2026-03-03' } });
    const [first, last] = [Date.parse('2026-03-02T00:00:00+07:00'), Date.parse('2026-03-03T23:59:59.999+07:00')];
    expect([await seen(partner, first - 1), await seen(partner, first), await seen(partner, last), await seen(partner, last + 1)]).toEqual(['...', '+++', '+++', '...']);
    await forget('week');
  });

  it('opens to an insurer only what was permitted for payment, and to a hospital only what was permitted for treatment', async () => {
    await say('treat', { type: 'permit', actor: actor('Organization/an-tam', 'Organization/doi-tac') });
    expect([await seen(insurer), await seen(partner)]).toEqual(['...', '+++']);
    await say('pay', { type: 'permit', actor: actor('Organization/an-tam', 'Organization/doi-tac'), purpose: purpose('COVERAGE') }, { sourceReference: { display: 'HS-1' } });
    expect(await seen(insurer)).toBe('+++');
    await forget('treat');
    expect(await seen(partner)).toBe('...');
    await forget('pay');
  });

  it('closes the record to others than the hospital by OPTOUT, and opens it again to whom is named', async () => {
    const policyRule = { coding: [{ code: 'OPTOUT' }] };
    await say('out', { type: 'permit', actor: actor('Organization/doi-tac') }, { policyRule });
    expect([await seen(khoi), await seen(partner), await seen(insurer)]).toEqual(['...', '+++', '---']);
    await forget('out');
  });

  it('names single resources', async () => {
    await say('one', { type: 'deny', data: [{ meaning: 'instance', reference: { reference: 'DocumentReference/d' } }] });
    expect(await seen(khoi)).toBe('..-');
    await forget('one');
  });

  it('never lets a permission without a name open anything by itself', async () => {
    await say('anyone', { type: 'permit' });
    expect(await seen(partner)).toBe('...');
    await forget('anyone');
  });
});

describe('the mark of patients who have said something', () => {
  it('is set with the first rule, told once, kept beside other marks, and cleared with the last', async () => {
    const mark = async () => (await db.database.query<{ marks: number }>({ text: 'select marks from security.patient_guard where patient = $1', values: [patient.toString()] })).rows[0]?.marks;
    expect(await say('x', { type: 'deny' })).toEqual([patient]);
    expect(await say('y', { type: 'deny' })).toEqual([]);
    expect(await mark()).toBe(marks.consented);
    await db.database.query({ text: 'update security.patient_guard set marks = marks | $1', values: [marks.vip] });
    expect(await forget('x')).toEqual([]);
    expect(await forget('y')).toEqual([patient]);
    expect(await mark()).toBe(marks.vip);
    expect(await seen(khoi, db.clock() + day)).toBe('...');
  });

  it('is not lost when one consent ends while another is given', async () => {
    await say('old', { type: 'deny' });
    await Promise.all([forget('old'), say('new', { type: 'deny', actor: actor('Practitioner/khoi') })]);
    const { rows } = await db.database.query<{ marks: number }>({ text: 'select marks & $2 as marks from security.patient_guard where patient = $1', values: [patient.toString(), marks.consented] });
    expect(rows).toEqual([{ marks: marks.consented }]);
    await forget('new');
  });
});
