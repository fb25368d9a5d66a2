// Patients and relatives sign in: a telephone alone opens nothing, unknown numbers cannot be told from known ones, and a state's word counts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '@sen/fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { refreshPatientAccount } from '../../server/src/modules/security/patients/open-patient-account.ts';
import { awaitDeliveries } from '../../server/src/modules/security/index.ts';
import { citizenProvider, type CitizenProvider } from '../support/citizen-provider.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let provider: CitizenProvider;
const browser = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

const person = (id: string, name: string, birthDate: string, number: string, phone: string, more: object = {}): Resource =>
  ({ resourceType: 'Patient', id, name: [{ text: name }], birthDate, identifier: [{ system: 'urn:x:cccd', value: number }], telecom: [{ system: 'phone', value: phone }], ...more }) as Resource;

beforeAll(async () => {
  provider = await citizenProvider();
  server = await testServer({ env: { SEN_CITIZEN_ISSUER: provider.issuer, SEN_CITIZEN_CLIENT: provider.client } });
  await importResources(server.db.work(), [
    person('ba-nam', 'Trịnh Thị Năm', '1948-02-11', '001148000111', '0912 000 111'),
    person('ong-sau', 'Trịnh Văn Sáu', '1945-06-30', '001045000222', '+84912000111'), // the same telephone in one house
    person('be-bi', 'Đỗ Gia Bảo', '2024-05-05', '001224000333', '0912000999'),
    person('da-gop', 'Trịnh Thị Năm', '1948-02-11', '001148000111', '0912000111', { active: false }),
    {
      resourceType: 'RelatedPerson', id: 'me-be-bi', patient: { reference: 'Patient/be-bi' }, name: [{ text: 'Lý Thị Mẹ' }], birthDate: '1995-10-10',
      identifier: [{ system: 'urn:x:cccd', value: '001195000444' }], telecom: [{ system: 'phone', value: '0912000999' }], relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH' }] }],
    } as Resource,
    ...[['em', 'BRO', '001170000555'], ['me-gia', 'MTH', '001125000666']].map(([id, code, number]) => ({
      resourceType: 'RelatedPerson', id, patient: { reference: 'Patient/ba-nam' }, name: [{ text: 'Trịnh Thị Em' }], birthDate: '1970-01-01',
      identifier: [{ system: 'urn:x:cccd', value: number }], telecom: [{ system: 'phone', value: '0912000777' }], relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code }] }],
    }) as Resource),
    { resourceType: 'RelatedPerson', id: 'cu', patient: { reference: 'Patient/ba-nam' }, name: [{ text: 'Lý Thị Mẹ' }], birthDate: '1995-10-10', identifier: [{ system: 'urn:x:cccd', value: '001195000444' }], telecom: [{ system: 'phone', value: '0912000999' }], period: { end: '2020-01-01' } } as Resource,
  ]);
}, 60_000);

afterAll(async () => {
  await server?.close();
  await provider?.close();
});

const post = async (path: string, body: object, headers: Record<string, string> = browser) => {
  const response = await fetch(`${server.base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json(), cookies: response.headers.getSetCookie() };
};
const outbox = () => join(server.db.house.settings.data, 'outbox');
const delivered = async () => {
  await awaitDeliveries();
  return existsSync(outbox()) ? readdirSync(outbox()).toSorted().map((name) => JSON.parse(readFileSync(join(outbox(), name), 'utf8'))) : [];
};
const codeStep = async (phone: string) => {
  server.db.clock.advance(61_000);
  const { ticket } = (await post('/api/session/phone', { phone })).body;
  const { code } = (await delivered()).at(-1);
  return (await post('/api/session/phone/code', { ticket, code })).body.ticket as string;
};

describe('A telephone number', () => {
  it('is answered alike whether it is known or not, and only a known one is sent a code', async () => {
    const known = await post('/api/session/phone', { phone: '+84 912 000 111' });
    const unknown = await post('/api/session/phone', { phone: '0387 654 321' });
    expect([unknown.status, Object.keys(unknown.body), unknown.body.ticket.length]).toEqual([known.status, Object.keys(known.body), known.body.ticket.length]);
    const sent = await delivered();
    expect(sent).toEqual([{ to: '0912000111', code: expect.stringMatching(/^\d{6}$/), until: expect.any(String), channel: 'sms', template: 'security.code', text: expect.stringContaining(sent[0].code) }]);
    expect(statSync(join(outbox(), readdirSync(outbox())[0]!)).mode & 0o777).toBe(0o600);
    const { rows } = await server.db.database.query<{ all: string }>({ text: 'SELECT json_agg(s)::text AS all FROM security.sign_in_step s' });
    expect(rows[0]?.all).not.toContain(sent[0].code);
    expect(rows[0]?.all).not.toContain(known.body.ticket);
  });

  it('is sent one code a minute and five an hour', async () => {
    expect((await post('/api/session/phone', { phone: '0912000111' })).body.code).toBe('security.wait');
    const answers: string[] = [];
    for (let minute = 0; minute < 6; minute++) {
      server.db.clock.advance(61_000);
      answers.push((await post('/api/session/phone', { phone: '0912000111' })).body.code ?? 'sent');
    }
    expect(answers).toEqual(['sent', 'sent', 'sent', 'sent', 'security.wait', 'security.wait']);
    server.db.clock.advance(3_600_000);
  });

  it('is sent one code though it is asked for twenty times at once', async () => {
    server.db.clock.advance(3_700_000);
    const before = (await delivered()).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/api/session/phone', { phone: '0912000999' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await delivered()).length).toBeLessThanOrEqual(before + 1);
    server.db.clock.advance(3_700_000);
  });

  it('has a code of five tries and five minutes', async () => {
    const { ticket } = (await post('/api/session/phone', { phone: '0912000111' })).body;
    const { code } = (await delivered()).at(-1);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 5; guess++) expect((await post('/api/session/phone/code', { ticket, code: wrong })).body.code).toBe('security.wrong-code');
    expect((await post('/api/session/phone/code', { ticket, code })).body.code).toBe('security.step-ended');
    server.db.clock.advance(61_000);
    const late = (await post('/api/session/phone', { phone: '0912000111' })).body.ticket;
    const second = (await delivered()).at(-1).code;
    server.db.clock.advance(5 * 60_000);
    expect((await post('/api/session/phone/code', { ticket: late, code: second })).body.code).toBe('security.step-ended');
  });

  it('that is no mobile number of Vietnam is refused in words', async () => {
    expect((await post('/api/session/phone', { phone: '024 3869 3731' })).body.code).toBe('security.no-mobile-number');
  });
});

describe('Who holds the telephone', () => {
  const enter = async (phone: string, citizenNumber: string, birthDate: string) => post('/api/session/phone/person', { ticket: await codeStep(phone), citizenNumber, birthDate });

  it('opens the own record alone, though the house shares one telephone', async () => {
    const answer = await enter('0912000111', '001148000111', '1948-02-11');
    expect(answer.body.session.account).toMatchObject({ name: 'Trịnh Thị Năm', roles: ['patient'] });
    const cookie = answer.cookies.map((one) => one.split(';', 1)[0]).join('; ');
    const read = async (id: string) => (await fetch(`${server.base}/fhir/R4/Patient/${id}`, { headers: { cookie } })).status;
    expect([await read('ba-nam'), await read('ong-sau'), await read('be-bi')]).toEqual([200, 404, 404]);
    const { rows } = await server.db.database.query<{ all: string }>({ text: 'SELECT (SELECT json_agg(a)::text FROM security.account a) || (SELECT json_agg(i)::text FROM security.upstream_identity i) AS all' });
    expect(rows[0]?.all).not.toContain('001148000111');
  });

  it('must know number and birth date of one record with this telephone', async () => {
    for (const [number, birthDate] of [['001148000111', '1948-02-12'], ['001045000222', '1948-02-11'], ['001224000333', '2024-05-05']] as const) {
      expect((await enter('0912000111', number, birthDate)).body.code).toBe('security.person-unknown');
    }
    server.db.clock.advance(3_600_000);
  });

  it('opens nothing of an adult by being named as brother or mother: Civil Code 2015, art. 136', async () => {
    for (const number of ['001170000555', '001125000666']) expect((await enter('0912000777', number, '1970-01-01')).body.code).toBe('security.person-unknown');
    server.db.clock.advance(3_600_000);
  });

  it('comes back to the same account', async () => {
    const before = (await enter('0912000111', '001148000111', '1948-02-11')).body.session.account.id;
    expect((await enter('0912000111', '001148000111', '1948-02-11')).body.session.account.id).toBe(before);
  });

  it('opens the child\'s record as its mother, and no longer that of a relation which ended', async () => {
    const answer = await enter('0912000999', '001195000444', '1995-10-10');
    expect(answer.body.session.account).toMatchObject({ name: 'Lý Thị Mẹ', roles: ['relative'] });
    const { rows } = await server.db.database.query({ text: 'SELECT patients FROM security.account WHERE id = $1', values: [answer.body.session.account.id] });
    expect(rows).toEqual([{ patients: ['be-bi'] }]);
    // A later sign-in by passkey says nothing of it: the record is asked again.
    const after = async () => {
      await refreshPatientAccount(server.db.work(), answer.body.session.account.id);
      return (await server.db.database.query({ text: 'SELECT roles, patients FROM security.account WHERE id = $1', values: [answer.body.session.account.id] })).rows;
    };
    expect(await after()).toEqual([{ roles: ['relative'], patients: ['be-bi'] }]);
    const ended = await (await server.call('/fhir/R4/RelatedPerson/me-be-bi')).json();
    await server.call('/fhir/R4/RelatedPerson/me-be-bi', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ ...ended, period: { end: '2026-01-01' } }) });
    expect(await after()).toEqual([{ roles: [], patients: [] }]);
  });
});

describe('A citizen-identity provider (OpenID Connect Core 1.0, RFC 7636, a fake)', () => {
  const follow = async (change: { cookie?: string; url?: (url: URL) => URL } = {}) => {
    const begun = await fetch(`${server.base}/api/session/citizen`, { redirect: 'manual' });
    const cookie = change.cookie ?? begun.headers.getSetCookie()[0]!.split(';', 1)[0]!;
    const said = await fetch(begun.headers.get('location')!, { redirect: 'manual' });
    const back = new URL(said.headers.get('location')!);
    return fetch(change.url?.(back) ?? back, { redirect: 'manual', headers: { cookie, 'sec-fetch-site': 'cross-site' } });
  };
  const outcome = (response: Response) => [response.status, response.headers.get('location')];
  const sessionOf = async (response: Response) => (await fetch(`${server.base}/api/session`, { headers: { cookie: response.headers.getSetCookie().map((one) => one.split(';', 1)[0]).join('; ') } })).json();

  it('is offered where it is set up', async () => {
    expect(await (await fetch(`${server.base}/api/session/ways`)).json()).toEqual({ setup: false, citizen: 'VNeID' });
  });

  it('signs in by the verified number, to the same account as the telephone does', async () => {
    provider.person = { citizen_id: '001148000111', birthdate: '1948-02-11', name: 'TRỊNH THỊ NĂM' };
    const response = await follow();
    expect(outcome(response)).toEqual([303, '/']);
    expect((await sessionOf(response)).account).toMatchObject({ name: 'Trịnh Thị Năm', roles: ['patient'] });
    const { rows } = await server.db.database.query<{ count: number }>({ text: "SELECT count(*)::int AS count FROM security.account WHERE 'ba-nam' = ANY (patients)" });
    expect(rows[0]?.count).toBe(1);
  });

  it('opens nothing for a person without a record here', async () => {
    provider.person = { citizen_id: '001199009999' };
    expect(outcome(await follow())).toEqual([303, '/sign-in/patient?failed=security.person-unknown']);
  });

  it('is not believed with another browser\'s ticket, another state, a replayed code, or a token for somebody else', async () => {
    provider.person = { citizen_id: '001148000111' };
    const failed = [303, expect.stringMatching(/^\/sign-in\/patient\?failed=security\.(step-ended|citizen-provider-failed)$/)];
    expect(outcome(await follow({ cookie: `sen_ticket=${'a'.repeat(43)}` }))).toEqual(failed);
    expect(outcome(await follow({ url: (url) => (url.searchParams.set('state', 'x'), url) }))).toEqual(failed);
    let used = new URL('http://unused');
    await follow({ url: (url) => (used = url) });
    expect(outcome(await follow({ url: (url) => (url.searchParams.set('code', used.searchParams.get('code')!), url) }))).toEqual(failed);
    for (const wrong of [{ aud: 'khac' }, { iss: 'http://evil.test' }, { nonce: 'x' }, { exp: 1 }]) {
      provider.tamper = (claims) => ({ ...claims, ...wrong });
      expect(outcome(await follow())).toEqual(failed);
    }
    provider.tamper = (claims) => claims;
  });
});
