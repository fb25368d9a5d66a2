// Attacks in what is sent: bombs, poison, and fields that a client has no business to set. OWASP ASVS 5.0 V1.5, V2.2, V15.3.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ env: { SEN_IMPORT_SOURCE_MAX_MB: '4', SEN_BODY_LIMIT_BYTES: String(2 * 1024 * 1024) } });
});

afterAll(() => server?.close());

type Json = Record<string, unknown>;
const send = (method: string, path: string, body: string | Buffer | object, contentType = 'application/fhir+json') =>
  server.call(path, { method, headers: { 'content-type': contentType, accept: 'application/fhir+json' }, body: typeof body === 'string' ? body : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) });
const post = (path: string, body: string | Buffer | object, contentType?: string) => send('POST', path, body, contentType);

/** Runs an attack and says how long nobody else was answered meanwhile, in ms. */
async function longestSilence(attack: () => Promise<unknown>): Promise<number> {
  const attacking = { done: false };
  let longest = 0;
  const ask = async () => {
    while (!attacking.done) {
      const began = performance.now();
      await fetch(`${server.base}/healthz`);
      longest = Math.max(longest, performance.now() - began);
    }
  };
  const asking = ask();
  await attack().finally(() => (attacking.done = true));
  await asking;
  return longest;
}

describe('JSON that is deep, large or poisoned', () => {
  const nested = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);

  it('is refused, and the server goes on', async () => {
    for (const body of [nested(100_000, '[', ']'), nested(100_000, '{"a":', '}').replace(':}', ':1}'), `{"resourceType":"Patient","extension":${nested(5_000, '[{"extension":', '}]').replace(':}', ':[]}')}}`]) {
      expect((await post('/fhir/R4/Patient', body)).status).toBe(400);
      const api = await post('/api/session', body, 'application/json');
      expect([400, 413]).toContain(api.status);
    }
    expect((await post('/fhir/R4/Patient', `{"resourceType":"Patient","x":"${'a'.repeat(3 * 1024 * 1024)}"}`)).status).toBe(413);
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
  });

  it('names the same property only once (RFC 8259 §4), so that two readers cannot read two things', async () => {
    expect((await post('/fhir/R4/Patient', '{"resourceType":"Patient","active":true,"active":false}')).status).toBe(400);
  });

  it('changes no prototype: __proto__, constructor and prototype as names, in JSON, XML, forms and queries', async () => {
    const poisons = ['{"resourceType":"Patient","__proto__":{"polluted":1}}', '{"resourceType":"Patient","constructor":{"prototype":{"polluted":1}}}', '{"resourceType":"Patient","name":[{"__proto__":{"polluted":1}}]}'];
    for (const body of poisons) expect((await post('/fhir/R4/Patient', body)).status).toBeOneOf([400, 422]);
    for (const name of ['__proto__', 'constructor']) {
      expect((await post('/fhir/R4/Patient', `<Patient xmlns="http://hl7.org/fhir"><${name} value="1"/></Patient>`, 'application/fhir+xml')).status).toBeOneOf([400, 422]);
    }
    for (const body of ['{"username":"a","password":"b","__proto__":{"polluted":1}}', '{"username":"a","password":"b","constructor":{"prototype":{"polluted":1}}}']) {
      expect((await post('/api/session', body, 'application/json')).status).toBe(400);
    }
    for (const path of ['/fhir/R4/Patient?__proto__=1', '/fhir/R4/Patient?__proto__[polluted]=1', '/fhir/R4/Patient?constructor.prototype.polluted=1', '/fhir/R4/__proto__', '/fhir/R4/constructor/1', '/fhir/R4/Patient/$__proto__', '/fhir/R4/Patient/$constructor', '/api/patients?__proto__=1&query=an', '/fhir/R4/Patient?_sort=__proto__', '/fhir/R4/Patient?_elements=__proto__', '/fhir/R4/Patient?_include=Patient:__proto__', '/fhir/R4/Patient?_has:__proto__:constructor:code=1']) {
      const answer = await server.call(path);
      expect([path, answer.status < 500]).toEqual([path, true]);
    }
    await post('/fhir/R4/Patient/_search', '__proto__=1&constructor[prototype]=2', 'application/x-www-form-urlencoded');
    expect(({} as Json)['polluted']).toBeUndefined();
  });
});

describe('XML bombs', () => {
  const patient = (inside: string, before = '') => `<?xml version="1.0"?>${before}<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 12 }, (_, at) => `<!ENTITY ${'bcdefghijklmn'[at]} "${`&${'abcdefghijklm'[at]};`.repeat(10)}">`).join('')}]>`;

  it('expand nothing: no document types, no entities, from inside or outside (XXE)', async () => {
    const attacks = [
      patient('<id value="&m;"/>', laughs),
      patient('<id value="&x;"/>', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      patient('<id value="a"/>', `<!DOCTYPE x SYSTEM "${server.base}/healthz">`),
      patient('<id value="a"/>', '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'),
      patient('<id value="&undefined;"/>'),
      patient('<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">&xxe;</div></text>'),
      patient('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
      patient('<id value="a"/>', '<?xml-stylesheet href="file:///etc/passwd"?><!DOCTYPE Patient>'),
    ];
    for (const body of attacks) {
      const answer = await post('/fhir/R4/Patient', body, 'application/fhir+xml');
      const text = await answer.text();
      expect([body.slice(0, 120), answer.status]).toEqual([body.slice(0, 120), 400]);
      expect(text).not.toContain('root:');
    }
  });

  it('are not deep, wide or quadratic either', async () => {
    const deep = patient(`${'<contact>'.repeat(50_000)}${'</contact>'.repeat(50_000)}`);
    expect((await post('/fhir/R4/Patient', deep, 'application/fhir+xml')).status).toBe(400);
    const attributes = patient(`<name ${Array.from({ length: 20_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`);
    const silence = await longestSilence(async () => expect((await post('/fhir/R4/Patient', attributes, 'application/fhir+xml')).status).toBe(400));
    expect(silence).toBeLessThan(2_000);
  });

  it('are not in narrative in JSON: no doctype, no script, no external entity', async () => {
    for (const div of ['<!DOCTYPE x [<!ENTITY a "b">]><div xmlns="http://www.w3.org/1999/xhtml">&a;</div>', '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>', '<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="alert(1)">x</p></div>', '<div xmlns="http://www.w3.org/1999/xhtml"><a href="javascript:alert(1)">x</a></div>', '<div xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://evil.example"/></div>']) {
      const answer = await post('/fhir/R4/Patient', { resourceType: 'Patient', text: { status: 'generated', div } });
      expect([div, answer.status]).toEqual([div, expect.toBeOneOf([400, 422])]);
    }
  });
});

describe('Zip bombs', () => {
  it('stop at the limit of unpacked bytes, and leave no file', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await post('/fhir/R4/_bulk', bomb, 'application/gzip');
    expect(answer.status).toBe(413);
  });
});

describe('Patterns that never end (ReDoS)', () => {
  const evil = `${'a'.repeat(40)}!`;

  it('do not stop the server: FHIRPath in patches and parameters, regular expressions, filters, names', async () => {
    const { id } = (await (await post('/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family: evil }] })).json()) as { id: string };
    const patch = (path: string) => ({ resourceType: 'Parameters', parameter: [{ name: 'operation', part: [{ name: 'type', valueCode: 'delete' }, { name: 'path', valueString: path }] }] });
    const attacks: (() => Promise<Response>)[] = [
      () => send('PATCH', `/fhir/R4/Patient/${id}`, patch("Patient.name.where(family.matches('^(a+)+$'))")),
      () => send('PATCH', `/fhir/R4/Patient/${id}`, patch("Patient.name.where(family.replaceMatches('(a|a)*b', 'x') = 'y')")),
      () => send('PATCH', `/fhir/R4/Patient/${id}`, patch("Patient.repeat($this.toString() & 'a')")),
      () => post('/fhir/R4/ValueSet/$expand', { resourceType: 'Parameters', parameter: [{ name: 'valueSet', resource: { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: 'http://hl7.org/fhir/administrative-gender', filter: [{ property: 'code', op: 'regex', value: '(x+x+)+y' }] }] } } }] }),
      () => server.call(`/fhir/R4/Patient?_filter=${encodeURIComponent(`${'('.repeat(400)}name eq a${')'.repeat(400)}`)}`),
      () => server.call(`/fhir/R4/Patient?_filter=${encodeURIComponent(Array.from({ length: 300 }, () => 'name eq a').join(' or '))}`),
      () => server.call(`/fhir/R4/Patient?name=${'%25_'.repeat(1_000)}`),
      () => server.call(`/fhir/R4/Patient?birthdate=${'1'.repeat(5_000)}`),
      () => server.call(`/fhir/R4/Patient?identifier=${'%7C'.repeat(3_000)}`),
      () => server.call(`/fhir/R4/Observation?date=${'2020-'.repeat(2_000)}`),
      () => server.call('/fhir/R4/Patient', { headers: { accept: `${'application/x;q=0.5,'.repeat(700)}a` } }),
      () => server.call('/fhir/R4/Patient', { headers: { 'accept-language': `${'vi-VN-x-a-'.repeat(1_000)}` } }),
      () => server.call('/fhir/R4/Patient', { headers: { cookie: `${'sen_session='.repeat(1_000)}` } }),
      () => server.call(`/api/patients?query=${'%20a'.repeat(2_000)}`),
    ];
    for (const attack of attacks) {
      let status = 0;
      const silence = await longestSilence(async () => (status = (await attack()).status));
      expect([attack.toString(), status < 500, silence < 2_500]).toEqual([attack.toString(), true, true]);
    }
  });

  it('are not found by texts in what is stored: media types, references, units, numbers, lists, documents', async () => {
    const long = 300_000;
    const subject = { reference: 'Patient/redos' };
    await send('PUT', '/fhir/R4/Patient/redos', { resourceType: 'Patient', id: 'redos' });
    const html = `${'<style'.repeat(long / 10)}${'<'.repeat(long)}</th>${'<td'.repeat(long / 10)}`;
    const attacks: (() => Promise<Response>)[] = [
      () => post('/fhir/R4/DocumentReference', { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: `o/s;0=""${';n=n\t;n=";!="'.repeat(27)}"`, title: 'x' } }] }),
      () => post('/fhir/R4/Encounter', { resourceType: 'Encounter', status: 'planned', class: { code: 'AMB' }, subject, participant: [{ individual: { reference: `http://L${'/CareTeam/y/_history/C'.repeat(long / 22)}\n` } }] }),
      () => post('/fhir/R4/Observation', { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject, valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: `${'0'.repeat(long)}+`, unit: '{'.repeat(long) } }),
      () => post('/fhir/R4/Observation/_search', `value-quantity=${encodeURIComponent(`5|http://unitsofmeasure.org|${'0'.repeat(long)}+`)}`, 'application/x-www-form-urlencoded'),
      () => send('PUT', '/fhir/R4/List/redos', { resourceType: 'List', id: 'redos', status: 'current', mode: 'working', entry: [{ item: { reference: `${'A'.repeat(long)}` } }] }),
      () => server.call('/fhir/R4?_list=redos'),
      () => send('PATCH', '/fhir/R4/Patient/redos', `[{"op":"test","path":"/multipleBirthInteger","value":0.${'0'.repeat(long)}1}]`, 'application/json-patch+json'),
      () => send('PUT', '/fhir/R4/DocumentReference/redos', { resourceType: 'DocumentReference', id: 'redos', status: 'current', subject, content: [{ attachment: { contentType: 'text/html', data: Buffer.from(html).toString('base64') } }] }),
      () => server.call('/api/patients/redos/documents/DocumentReference.redos'),
      () => server.call('/api/patients/redos/documents'),
      () => server.call('/api/patients/redos/results/latest'),
    ];
    for (const attack of attacks) {
      let status = 0;
      const silence = await longestSilence(async () => (status = (await attack()).status));
      expect([attack.toString(), status < 500, silence < 2_500]).toEqual([attack.toString(), true, true]);
    }
  }, 60_000);

  it('are bounded in GraphQL: depth, aliases, fragments that go round', async () => {
    const queries = [
      `{ PatientList { ${'generalPractitioner { resource { ... on Practitioner { id '.repeat(60)}${'} } }'.repeat(60)} } }`,
      `{ ${Array.from({ length: 2_000 }, (_, at) => `a${at}: PatientList { id }`).join(' ')} }`,
      'query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      `{ PatientList(${Array.from({ length: 3_000 }, (_, at) => `x${at}: 1`).join(',')}) { id } }`,
    ];
    for (const query of queries) {
      let status = 0;
      const silence = await longestSilence(async () => (status = (await post('/fhir/R4/$graphql', { query }, 'application/json')).status));
      expect([query.slice(0, 80), status < 500, silence < 2_500]).toEqual([query.slice(0, 80), true, true]);
    }
  });
});

describe('Mass assignment', () => {
  it('sets no version, time or id of the server’s own', async () => {
    const answer = await post('/fhir/R4/Patient', { resourceType: 'Patient', id: 'chosen-by-client', meta: { versionId: '999', lastUpdated: '1999-01-01T00:00:00Z' } });
    const stored = (await answer.json()) as { id: string; meta: { versionId: string; lastUpdated: string } };
    expect(stored.id).not.toBe('chosen-by-client');
    expect([stored.meta.versionId, stored.meta.lastUpdated.startsWith('1999')]).toEqual(['1', false]);
    const other = await send('PUT', `/fhir/R4/Patient/${stored.id}`, { resourceType: 'Patient', id: 'another', meta: { versionId: '7' } });
    expect(other.status).toBe(400);
    const type = await send('PUT', `/fhir/R4/Patient/${stored.id}`, { resourceType: 'Observation', id: stored.id });
    expect(type.status).toBeGreaterThanOrEqual(400);
  });

  it('gives nobody a role, an actor or a facility by saying so: in a sign-in, a query or a header', async () => {
    const body = { username: 'bacsi', password: 'sen-demo', roles: ['administrator'], id: 'x', facility: 'other', actor: { roles: ['system'] }, hours: 9999 };
    const answer = await fetch(`${server.base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-roles': 'administrator', 'x-actor': 'sen' }, body: JSON.stringify(body) });
    if (answer.status === 400) return; // unknown fields are refused: as good
    const { session } = (await answer.json()) as { session: { account: { roles: string[]; username: string }; expiresAt: string } };
    const { account, expiresAt } = session;
    expect([account.username, account.roles.includes('administrator'), Date.parse(expiresAt) - Date.now() < 25 * 3_600_000]).toEqual(['bacsi', false, true]);
  });
});

describe('Parameter pollution', () => {
  it('is judged as a whole: a second value is one more condition or a refusal, never a way past the first', async () => {
    for (const family of ['An', 'Binh']) await post('/fhir/R4/Patient', { resourceType: 'Patient', name: [{ family }] });
    const total = async (path: string) => ((await (await server.call(path)).json()) as { total?: number }).total;
    expect(await total('/fhir/R4/Patient?family=An&family=Binh&_total=accurate')).toBe(0);
    for (const path of ['/fhir/R4/Patient?_count=1&_count=1000', '/fhir/R4/Patient?_summary=count&_summary=false', '/api/patients?query=an&query=binh', '/fhir/R4/Patient?_format=json&_format=xml']) {
      expect([path, (await server.call(path)).status < 500]).toEqual([path, true]);
    }
  });
});
