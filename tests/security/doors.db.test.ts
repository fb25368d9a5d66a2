// Every role at every door: each route, each operation of the FHIR API, and each interaction with each kind of resource gets a real request over the
// wire, and what it answers must be what the policy in force says (accessOf). A route that forgets to say what it needs does not start; one that
// behaves otherwise than it says fails here; and docs/doors.md, which people read, is made from the same list.
import { permissions, type Permission } from '@sen/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { hospital } from '../../server/src/hospital.ts';
import type { Access, Interaction } from '../../server/src/modules/security/index.ts';
import { accessOf, issueToken, readSession } from '../../server/src/modules/security/index.ts';
import { roles, type Role } from '../../server/src/modules/security/policy/roles.ts';
import type { Operation } from '../../server/src/platform/operation.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { doorsPage } from './doors-page.ts';

let server: TestServer;
const accesses = new Map<Role, Access>();

beforeAll(async () => {
  server = await testServer({ env: { SEN_RATE_OPEN_PER_MINUTE: '0', SEN_RATE_ACCOUNT_PER_MINUTE: '0', SEN_ACCOUNT_REQUESTS_MAX: '0' } });
  for (const role of roles) {
    const session = await readSession(server.db.work(), (await signedIn(role)).token);
    expect([role, session?.actor.roles]).toEqual([role, [role]]);
    accesses.set(role, accessOf(session!.actor));
  }
}, 60_000);

afterAll(() => server?.close());

/** A new session of the role each time: a request may end the one it comes with. */
async function signedIn(role: Role): Promise<Pick<TestCaller, 'token' | 'call'>> {
  if (role !== 'integration') return server.as(role);
  const token = await issueToken(server.db.work(), undefined, 1);
  return { token, call: (path, init = {}) => server.call(path, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` } }) };
}
const permits = (role: Role, needs: Permission) => accesses.get(role)!.permits(needs);

/** One request as a role, or as nobody. */
async function knock(role: Role | undefined, method: string, path: string, body?: string): Promise<{ status: number; code: string }> {
  const headers = body === undefined ? {} : { 'content-type': path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json' };
  const init = { method, headers, ...(body === undefined ? {} : { body }), redirect: 'manual' as const };
  const answer = role === undefined ? await fetch(server.base + path, init) : await (await signedIn(role)).call(path, init);
  const text = method === 'HEAD' ? '' : await answer.text();
  const code = /"code":"([a-z-]+\.[a-z-]+)"/.exec(text)?.[1] ?? '';
  return { status: answer.status, code };
}

const refusal = new Set(['security.not-permitted', 'record.operation-not-permitted']);
const bodyOf = (method: string) => (['POST', 'PUT', 'PATCH'].includes(method) ? '{}' : undefined);

async function inTurn<T>(items: readonly T[], judge: (item: T) => Promise<string | undefined>): Promise<string[]> {
  const wrong: (string | undefined)[] = [];
  for (let at = 0; at < items.length; at += 8) wrong.push(...(await Promise.all(items.slice(at, at + 8).map(judge))));
  return wrong.filter((one) => one !== undefined);
}

/** Routes of the server with what they need, without the generic ones of the FHIR API, whose operations and types are judged below. */
function routes() {
  return server.app.doors().flatMap(({ methods, url, needs }) => methods.map((method) => ({ method, url, needs }))).filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
}

describe('Every route', () => {
  it('says what it needs, and a new one that does not stops the start', async () => {
    for (const { url, needs } of routes().filter(({ url: path }) => /^\/(?:api|fhir|oidc)\b/.test(path))) expect([url, needs === 'open' || (needs !== undefined && needs in permissions)]).toEqual([url, true]);
    const forgetful = { name: 'probe', owns: 'a route that forgot', routes: (app: TestServer['app']) => void app.get('/api/forgotten', async () => ({})) };
    await expect(buildHttp(server.db.house, [...hospital, forgetful]).then((app) => app.ready())).rejects.toThrow('GET /api/forgotten does not say what it needs');
  });

  it('is closed (401) to who has not signed in, unless it is open', async () => {
    const wrong = await inTurn(routes().filter(({ url }) => /^\/(?:api|fhir)\//.test(url) && !url.includes('*')), async ({ method, url, needs }) => {
      const { status } = await knock(undefined, method, url.replaceAll(/:\w+/g, 'x'), bodyOf(method));
      return (status === 401) === (needs !== 'open') || (needs === 'open' && status === 401) ? undefined : `${method} ${url} (${needs}): ${status}`;
    });
    expect(wrong).toEqual([]);
  });

  it('lets in every role that the policy permits, and no other', async () => {
    const guarded = routes().filter((route) => route.needs !== undefined && route.needs !== 'open' && !route.url.startsWith('/fhir/R4/:') && !route.url.includes('*'));
    const tries = guarded.flatMap((route) => roles.map((role) => ({ ...route, role })));
    expect(tries.length).toBeGreaterThan(1000);
    const wrong = await inTurn(tries, async ({ method, url, needs, role }) => {
      const { status, code } = await knock(role, method, url.replaceAll(/:\w+/g, 'x'), bodyOf(method));
      const expected = permits(role, needs as Permission);
      const refused = status === 403 && refusal.has(code);
      return refused === !expected && status !== 401 && status !== 500 ? undefined : `${role} ${method} ${url} needs ${needs} (${expected ? 'permitted' : 'not permitted'}): ${status} ${code}`;
    });
    expect(wrong).toEqual([]);
  }, 240_000);
});

describe('Every GET', () => {
  it('changes nothing that is kept, whoever asks: no row comes, goes or changes, but of the audit and of sessions (ASVS 5.0 3.5.3)', async () => {
    const count = async () => Object.fromEntries(await Promise.all((await keptTables()).map(async (table) => [table, (await server.db.database.query({ text: `SELECT count(*), sum(hashtextextended(t::text, 0)) FROM ${table} t` })).rows[0]])));
    const before = await count();
    expect(Object.keys(before).length).toBeGreaterThan(20);
    const gets = routes().filter(({ method, url }) => method === 'GET' && !url.includes('*'));
    await inTurn(gets.flatMap(({ url }) => (['integration', 'administrator', 'doctor', 'patient'] as const).map((role) => ({ url, role }))), async ({ url, role }) => {
      await knock(role, 'GET', `${url.replaceAll(/:\w+/g, 'x')}?_method=DELETE&action=delete&delete=true`);
      return undefined;
    });
    expect(await count()).toEqual(before);
  }, 120_000);
});

describe('Every operation of the FHIR API', () => {
  it('lets in every role that the policy permits, and no other, at each level where it is offered', async () => {
    const tries = hospital.flatMap(({ operations = [] }) => operations.flatMap(placesOf)).flatMap((place) => roles.map((role) => ({ ...place, role })));
    expect(tries.length).toBeGreaterThan(300);
    const wrong = await inTurn(tries, async ({ method, path, needs, role }) => {
      const { status, code } = await knock(role, method, path, method === 'POST' ? '{"resourceType":"Parameters"}' : undefined);
      const expected = permits(role, 'fhir.use') && permits(role, needs);
      const refused = status === 403 && refusal.has(code);
      return refused === !expected && status !== 401 && status !== 500 ? undefined : `${role} ${method} ${path} needs ${needs} (${expected ? 'permitted' : 'not permitted'}): ${status} ${code}`;
    });
    expect(wrong).toEqual([]);
  }, 240_000);

  it('is closed to who has not signed in', async () => {
    const wrong = await inTurn(hospital.flatMap(({ operations = [] }) => operations.flatMap(placesOf)), async ({ method, path }) => {
      const { status } = await knock(undefined, method, path, method === 'POST' ? '{"resourceType":"Parameters"}' : undefined);
      return status === 401 ? undefined : `${method} ${path}: ${status}`;
    });
    expect(wrong).toEqual([]);
  });
});

/** All tables but those that a request as such writes to: its session, its line in the audit, what it looked at, queues, and the key of links made on first use. */
async function keptTables(): Promise<string[]> {
  const { rows } = await server.db.database.query<{ name: string }>({
    text: `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgboss') ORDER BY 1`,
  });
  return rows.map(({ name }) => name).filter((name) => !/\.(?:session|audit|look|oidc)|^bulk\.secret$/.test(name));
}

function placesOf({ code, needs, system, types, instances }: Operation): { method: string; path: string; needs: Permission }[] {
  const oneOf = (level: Operation['types']) => (level === 'every' ? 'Patient' : level?.[0]);
  const type = oneOf(types);
  const instance = oneOf(instances);
  const paths = [system === true ? `$${code}` : undefined, type && `${type}/$${code}`, instance && `${instance}/none/$${code}`];
  return paths.filter((path) => path !== undefined && path !== '').map((path) => ({ method: 'POST', path: `/fhir/R4/${path}`, needs }));
}

/** One of each kind that the policy tells apart, about a patient to whom nobody stands in any relation. */
const resources: readonly object[] = [
  { resourceType: 'Patient', id: 'doors-stranger', name: [{ family: 'Người', given: ['Lạ'] }], gender: 'female' },
  { resourceType: 'Observation', id: 'doors-1', status: 'final', code: { text: 'Na' }, subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'Condition', id: 'doors-1', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] }, subject: { reference: 'Patient/doors-stranger' }, code: { text: 'x' } },
  { resourceType: 'Encounter', id: 'doors-1', status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'Appointment', id: 'doors-1', status: 'proposed', participant: [{ actor: { reference: 'Patient/doors-stranger' }, status: 'accepted' }] },
  { resourceType: 'Coverage', id: 'doors-1', status: 'active', beneficiary: { reference: 'Patient/doors-stranger' }, payor: [{ display: 'BHXH' }] },
  { resourceType: 'MedicationRequest', id: 'doors-1', status: 'active', intent: 'order', medicationCodeableConcept: { text: 'x' }, subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'AllergyIntolerance', id: 'doors-1', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] }, patient: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'DiagnosticReport', id: 'doors-1', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'ServiceRequest', id: 'doors-1', status: 'active', intent: 'order', subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'Claim', id: 'doors-1', status: 'active', type: { text: 'x' }, use: 'claim', patient: { reference: 'Patient/doors-stranger' }, created: '2026-01-01', provider: { display: 'x' }, priority: { text: 'x' }, insurance: [{ sequence: 1, focal: true, coverage: { display: 'x' } }] },
  { resourceType: 'ChargeItem', id: 'doors-1', status: 'billable', code: { text: 'x' }, subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'Consent', id: 'doors-1', status: 'active', scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] }, category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], patient: { reference: 'Patient/doors-stranger' }, policyRule: { text: 'x' } },
  { resourceType: 'DocumentReference', id: 'doors-1', status: 'current', subject: { reference: 'Patient/doors-stranger' }, content: [{ attachment: { title: 'x' } }] },
  { resourceType: 'CareTeam', id: 'doors-1', status: 'active', subject: { reference: 'Patient/doors-stranger' } },
  { resourceType: 'Organization', id: 'doors-1', name: 'x' },
  { resourceType: 'Practitioner', id: 'doors-1', name: [{ family: 'x' }] },
  { resourceType: 'Location', id: 'doors-1', name: 'x' },
  { resourceType: 'ValueSet', id: 'doors-1', url: 'http://example.org/vs-doors', status: 'active' },
  { resourceType: 'StructureDefinition', id: 'doors-1', url: 'http://example.org/sd-doors', name: 'X', status: 'active', kind: 'resource', abstract: false, type: 'Patient', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint', differential: { element: [{ id: 'Patient', path: 'Patient' }] } },
  { resourceType: 'Subscription', id: 'doors-1', status: 'off', criteria: 'Patient', reason: 'x', channel: { type: 'websocket' } },
];

type Known = { readonly resourceType: string; readonly id: string };

/** `open`: some way asks for nothing · `closed`: no way, or only ways by a relation that nobody has here · `maybe`: criteria decide. */
function verdict(access: Access, type: string, interaction: Interaction): 'open' | 'closed' | 'maybe' {
  const ways = access.rules(type, interaction).filter(({ relation }) => relation === 'any');
  if (access.unlimited || ways.some(({ criteria }) => criteria.length === 0)) return 'open';
  return ways.length === 0 ? 'closed' : 'maybe';
}

describe('Every kind of resource, about a patient to whom nobody stands in any relation', () => {
  beforeAll(async () => {
    for (const resource of resources as Known[]) {
      const answer = await (await signedIn('integration')).call(`/fhir/R4/${resource.resourceType}/${resource.id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });
      expect([resource.resourceType, answer.status, answer.status === 201 ? '' : await answer.text()]).toEqual([resource.resourceType, 201, '']);
    }
  });

  const tries = () => (resources as Known[]).flatMap((resource) => roles.map((role) => ({ resource, role })));

  it('is read by the roles that may read it without a relation, and is not there for the others', async () => {
    const wrong = await inTurn(tries(), async ({ resource: { resourceType, id }, role }) => {
      const expected = permits(role, 'fhir.use') ? verdict(accesses.get(role)!, resourceType, 'read') : 'closed';
      const { status } = await knock(role, 'GET', `/fhir/R4/${resourceType}/${id}`);
      if (expected === 'maybe') return status === 200 || status === 404 ? undefined : `${role} GET ${resourceType}: ${status}`;
      return expected === 'open' ? (status === 200 ? undefined : `${role} GET ${resourceType}: ${status}, may`) : status === 404 || status === 403 ? undefined : `${role} GET ${resourceType}: ${status}, may not`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is found by a search, and told in a history, by those only', async () => {
    const wrong = await inTurn(tries(), async ({ resource: { resourceType, id }, role }) => {
      const caller = await signedIn(role);
      const totals: number[] = [];
      for (const path of [`${resourceType}?_id=${id}&_total=accurate`, `${resourceType}/${id}/_history`]) {
        const answer = await caller.call(`/fhir/R4/${path}`);
        totals.push(answer.status === 200 ? (((await answer.json()) as { entry?: unknown[] }).entry?.length ?? 0) : 0);
      }
      const access = accesses.get(role)!;
      const wanted = (['read', 'history'] as const).map((interaction) => (permits(role, 'fhir.use') ? verdict(access, resourceType, interaction) : 'closed'));
      const right = wanted.every((one, at) => one === 'maybe' || (one === 'open') === (totals[at]! > 0));
      return right ? undefined : `${role} ${resourceType}: search and history give ${totals.join(' and ')}, policy says ${wanted.join(' and ')}`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is changed and deleted by nobody whom the policy does not let', async () => {
    const wrong = await inTurn(tries(), async ({ resource, role }) => {
      const access = accesses.get(role)!;
      const { resourceType, id } = resource;
      const found: string[] = [];
      for (const [method, interaction, path] of [['PUT', 'update', `${resourceType}/${id}`], ['POST', 'create', resourceType], ['DELETE', 'delete', `${resourceType}/${id}`]] as const) {
        if (method === 'DELETE' && verdict(access, resourceType, 'delete') !== 'closed') continue; // what may be deleted stays for the roles after this one
        const { status } = await knock(role, method, `/fhir/R4/${path}`, method === 'DELETE' ? undefined : JSON.stringify({ ...resource, extension: [{ url: 'http://example.org/changed-by', valueCode: role }], ...(method === 'POST' ? { id: undefined } : {}) }));
        const expected = verdict(access, resourceType, interaction);
        if (expected === 'closed' && status < 400) found.push(`${role} ${method} ${resourceType}: ${status}, may not`);
        if (status === 500) found.push(`${role} ${method} ${resourceType}: 500`);
      }
      return found.length > 0 ? found.join('; ') : undefined;
    });
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('docs/doors.md', () => {
  it('is the list of these doors (made anew by `npx vitest run tests/security/doors -u`)', async () => {
    await expect(doorsPage(server.app.doors(), hospital, (role, needs) => permits(role, needs))).toMatchFileSnapshot('../../docs/doors.md');
  });

  it('shows no permission that no role has, and no permission that opens nothing', () => {
    const needed = new Set<string>([...server.app.doors().map(({ needs }) => needs ?? ''), ...hospital.flatMap(({ operations = [] }) => operations.map(({ needs }) => needs))]);
    // Asked at each write of a definition, by the record itself: at no door of its own.
    needed.add('definition.manage');
    needed.add('imaging.work'); // within /dicomweb: studies whose patient is not known
    const all = Object.keys(permissions) as Permission[];
    expect(all.filter((permission) => !roles.some((role) => permits(role, permission)))).toEqual([]);
    expect(all.filter((permission) => !needed.has(permission))).toEqual([]);
  });
});
