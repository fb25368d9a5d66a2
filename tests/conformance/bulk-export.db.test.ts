import { gunzipSync } from 'node:zlib';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { download, asynchronous, bulkServer, linesOf, outcomeOf, resourcesOf, type BulkServer } from './bulk-server.ts';
import { clientOf, glucose, issueOf, lan, type Client, type Json } from './client.ts';

let server: BulkServer;
let fhir: Client;
beforeAll(async () => {
  server = await bulkServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Organization/sen', { resourceType: 'Organization', id: 'sen', name: 'Bệnh viện Sen' });
  for (const id of ['lan', 'hai', 'minh']) await fhir('PUT', `/Patient/${id}`, lan({ id, managingOrganization: { reference: 'Organization/sen' } }));
  for (const id of ['lan', 'hai', 'minh']) await fhir('PUT', `/Observation/g-${id}`, { ...glucose(`Patient/${id}`, 5.10, '2026-01-01'), id: `g-${id}` });
  await fhir('PUT', '/Observation/prelim', { ...glucose('Patient/lan', 7, '2026-01-02'), id: 'prelim', status: 'preliminary' });
  const two = [{ actor: { reference: 'Patient/hai' }, status: 'accepted' }, { actor: { reference: 'Patient/lan' }, status: 'accepted' }];
  await fhir('PUT', '/Appointment/both', { resourceType: 'Appointment', id: 'both', status: 'booked', start: '2026-03-02T08:00:00+07:00', end: '2026-03-02T08:15:00+07:00', participant: two });
  await fhir('PUT', '/Group/inner', { resourceType: 'Group', id: 'inner', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/hai' } }, { entity: { reference: 'Group/outer' } }] });
  await fhir('PUT', '/Group/outer', { resourceType: 'Group', id: 'outer', type: 'person', actual: true, member: [{ entity: { reference: 'Group/inner' } }, { entity: { reference: 'Patient/minh' }, inactive: true }] });
});
afterAll(() => server.close());

async function exported(path: string, headers: Record<string, string> = asynchronous, body?: object): Promise<Json> {
  const kicked = await fhir(body === undefined ? 'GET' : 'POST', path, body, headers);
  if (kicked.status !== 202) throw new Error(`${kicked.status} ${kicked.text}`);
  const done = await outcomeOf(server, kicked.headers.get('content-location')!);
  if (done.status !== 200) throw new Error(`${done.status} ${JSON.stringify(done.body)}`);
  return done.body;
}

describe('Bulk Data IG 2.0.0 export, kick-off request', () => {
  it('answers 202 with an absolute Content-Location, at which the outcome is found', async () => {
    const kicked = await fhir('GET', '/$export', undefined, asynchronous);
    const status = kicked.headers.get('content-location')!;
    expect([kicked.status, status.startsWith(`${server.base}/fhir/R4/_bulk/`), kicked.body.resourceType]).toEqual([202, true, 'OperationOutcome']);
    expect((await outcomeOf(server, status)).status).toBe(200);
  });

  it('refuses a request without Prefer: respond-async', async () => {
    const refused = await fhir('GET', '/$export');
    expect([refused.status, issueOf(refused).details.coding[0]!.code]).toEqual([400, 'bulk.not-asynchronous']);
  });

  it.each([
    ['/$export?_outputFormat=text/csv', 'bulk.bad-parameter'],
    ['/$export?_since=yesterday', 'bulk.bad-parameter'],
    ['/$export?_type=Patientt', 'record.unknown-type'],
    ['/$export?_typeFilter=Observation', 'bulk.bad-parameter'],
    ['/$export?_typeFilter=Observation%3Fcolour%3Dred', 'record.unknown-parameter'],
    ['/$export?_typeFilter=Observation%3F_sort%3Ddate', 'record.bad-control'],
    ['/$export?_type=Patient&_typeFilter=Observation%3Fstatus%3Dfinal', 'bulk.bad-parameter'],
    ['/Patient/$export?_type=Organization', 'bulk.unsupported-parameter'],
    ['/$export?includeAssociatedData=LatestProvenanceResources', 'bulk.unsupported-parameter'],
    ['/$export?colour=red', 'bulk.unsupported-parameter'],
    ['/$export?patient=Patient/lan', 'bulk.bad-parameter'],
  ])('refuses %s', async (path, code) => {
    const refused = await fhir('GET', path, undefined, asynchronous);
    expect([refused.status >= 400 && refused.status < 500, refused.body.resourceType, issueOf(refused).details.coding[0]!.code]).toEqual([true, 'OperationOutcome', code]);
  });

  it('with handling=lenient leaves out what it does not know and tells so in an error file', async () => {
    const manifest = await exported('/$export?_type=Patient&colour=red', { ...asynchronous, prefer: 'respond-async, handling=lenient' });
    expect(await resourcesOf(manifest.output)).toEqual(['Patient/hai', 'Patient/lan', 'Patient/minh']);
    expect([manifest.error[0].type, (await linesOf(manifest.error[0].url))[0].issue[0].diagnostics]).toEqual(['OperationOutcome', 'colour: is not known here.']);
  });

  it('takes the three names of NDJSON', async () => {
    for (const format of ['application/fhir%2Bndjson', 'application/fhir+ndjson', 'application/ndjson', 'ndjson']) {
      expect((await fhir('GET', `/$export?_type=Patient&_outputFormat=${format}`, undefined, asynchronous)).status).toBe(202);
      await server.db.database.query({ text: 'delete from bulk.job' });
    }
  });

  it('refuses those who have not signed in, and a group that is not there', async () => {
    expect((await fetch(`${server.base}/fhir/R4/$export`, { headers: asynchronous })).status).toBe(401);
    expect((await fhir('GET', '/Group/nobody/$export', undefined, asynchronous)).status).toBe(404);
  });
});

describe('Bulk Data IG 2.0.0 export, levels', () => {
  it('system: every resource, one type a file, in the bytes it was stored in', async () => {
    const manifest = await exported('/$export');
    expect(await resourcesOf(manifest.output)).toEqual([
      'Appointment/both', 'Group/inner', 'Group/outer', 'Observation/g-hai', 'Observation/g-lan', 'Observation/g-minh', 'Observation/prelim',
      'Organization/sen', 'Patient/hai', 'Patient/lan', 'Patient/minh',
    ]);
    expect(manifest.output.map(({ type, count }: Json) => `${type} ${count}`)).toEqual(['Appointment 1', 'Group 2', 'Observation 4', 'Organization 1', 'Patient 3']);
    const file = manifest.output.find(({ type }: Json) => type === 'Observation');
    expect((await (await download(file.url)).text()).split('\n')).toContain((await fhir('GET', '/Observation/g-lan')).text);
    expect([manifest.request, manifest.requiresAccessToken, manifest.error, manifest.deleted]).toEqual([`${server.base}/fhir/R4/$export`, true, [], undefined]);
    expect(Date.parse(manifest.transactionTime)).toBeLessThanOrEqual(Date.now());
  });

  it('Patient: only what lies in the compartment of some patient', async () => {
    expect(await resourcesOf((await exported('/Patient/$export')).output)).toEqual([
      'Appointment/both', 'Group/inner', 'Group/outer', 'Observation/g-hai', 'Observation/g-lan', 'Observation/g-minh', 'Observation/prelim', 'Patient/hai', 'Patient/lan', 'Patient/minh',
    ]);
  });

  it('Group: the compartments of its members, of groups in it too, not of those who left', async () => {
    expect(await resourcesOf((await exported('/Group/outer/$export')).output)).toEqual(['Appointment/both', 'Group/inner', 'Observation/g-hai', 'Patient/hai']);
  });

  it('POST with Parameters: patient limits to the patients named', async () => {
    const named = (...ids: string[]) => ({ resourceType: 'Parameters', parameter: ids.map((id) => ({ name: 'patient', valueReference: { reference: `Patient/${id}` } })) });
    expect(await resourcesOf((await exported('/Patient/$export', asynchronous, named('minh'))).output)).toEqual(['Group/outer', 'Observation/g-minh', 'Patient/minh']);
    const refused = await fhir('POST', '/Group/outer/$export', named('hai', 'lan'), asynchronous);
    expect([refused.status, issueOf(refused).details.coding[0]!.code, issueOf(refused).diagnostics]).toEqual([400, 'bulk.foreign-patient', 'Patient/lan is not on this server, or not a member of the group.']);
  });
});

describe('Bulk Data IG 2.0.0 export, parameters', () => {
  it('_type and _typeFilter: filters of one type are joined by OR, other types stay whole', async () => {
    const one = await exported('/$export?_type=Observation,Organization&_typeFilter=Observation%3Fstatus%3Dpreliminary');
    expect(await resourcesOf(one.output)).toEqual(['Observation/prelim', 'Organization/sen']);
    const both = await exported('/$export?_type=Observation&_typeFilter=Observation%3Fstatus%3Dpreliminary&_typeFilter=Observation%3Fsubject%3DPatient%2Fhai%26status%3Dfinal');
    expect(await resourcesOf(both.output)).toEqual(['Observation/g-hai', 'Observation/prelim']);
    const special = await exported(`/$export?_type=Observation&_typeFilter=${encodeURIComponent('Observation?_filter=subject eq "Patient/minh"')}`);
    expect(await resourcesOf(special.output)).toEqual(['Observation/g-minh']);
  });

  it('_elements: what was named and what is mandatory, tagged SUBSETTED', async () => {
    const [observation] = await linesOf((await exported('/$export?_type=Observation&_elements=Observation.subject')).output[0].url);
    expect(Object.keys(observation).sort()).toEqual(['code', 'id', 'meta', 'resourceType', 'status', 'subject']);
    expect(observation.meta.tag[0].code).toBe('SUBSETTED');
  });

  it('_since with the transactionTime before: exactly what changed, what was deleted as transactions of DELETE', async () => {
    const first = await exported('/$export?_type=Patient,Observation');
    await fhir('PUT', '/Patient/lan', lan({ id: 'lan', gender: 'other' }));
    await fhir('PUT', '/Observation/late', { ...glucose('Patient/hai', 6, '2026-02-01'), id: 'late' });
    await fhir('DELETE', '/Observation/prelim');
    const second = await exported(`/$export?_type=Patient,Observation&_since=${encodeURIComponent(first.transactionTime)}`);
    expect(await resourcesOf(second.output)).toEqual(['Observation/late', 'Patient/lan']);
    expect(second.deleted).toHaveLength(1);
    expect([second.deleted[0].type, await linesOf(second.deleted[0].url)]).toEqual(['Bundle', [
      { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: 'Observation/prelim' } }] },
    ]]);
    const third = await exported(`/$export?_since=${encodeURIComponent(second.transactionTime)}`);
    expect([third.output, third.deleted, third.error]).toEqual([[], [], []]);
    await fhir('DELETE', '/Appointment/both');
    const patients = await exported(`/Patient/$export?_type=Appointment&_since=${encodeURIComponent(second.transactionTime)}`);
    expect(await linesOf(patients.deleted[0].url)).toMatchObject([{ entry: [{ request: { method: 'DELETE', url: 'Appointment/both' } }] }]); // of patients, though it has no subject
    const group = await exported(`/Group/outer/$export?_since=${encodeURIComponent(first.transactionTime)}`);
    expect([await resourcesOf(group.output), group.deleted.length]).toEqual([['Observation/late'], 1]);
  });
});

describe('Bulk Data IG 2.0.0 export, file and delete requests', () => {
  it('sends files gzip to those who take it, plain to others', async () => {
    const manifest = await exported('/$export?_type=Patient');
    const ask = (headers: Record<string, string>) => new Promise<{ headers: Json; body: Buffer }>((resolve, reject) => get(manifest.output[0].url, { headers: { ...headers, authorization: `Bearer ${server.token}` } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts) })).on('error', reject);
    }));
    const [packed, plain, refused] = [await ask({ 'accept-encoding': 'br, gzip;q=0.8' }), await ask({}), await ask({ 'accept-encoding': 'gzip;q=0' })];
    expect([packed.headers['content-encoding'], packed.headers['content-type'], Number(packed.headers['content-length'])]).toEqual(['gzip', 'application/fhir+ndjson', packed.body.length]);
    expect([plain.headers['content-encoding'], refused.headers['content-encoding']]).toEqual([undefined, undefined]);
    expect(gunzipSync(packed.body).toString()).toBe(plain.body.toString());
    expect(plain.body.toString().endsWith('\n')).toBe(true);
  });

  it('refuses a link whose job, file, end or signature was changed', async () => {
    const { url } = (await exported('/$export?_type=Patient')).output[0];
    const changes: ((link: URL) => void)[] = [
      (link) => link.searchParams.set('expires', String(Number(link.searchParams.get('expires')) + 1)),
      (link) => link.searchParams.set('signature', 'x'.repeat(43)),
      (link) => link.searchParams.delete('signature'),
      (link) => (link.pathname = link.pathname.replace('/1.Patient', '/2.Patient')),
    ];
    for (const change of changes) {
      const link = new URL(url);
      change(link);
      expect((await download(link)).status).toBe(403);
    }
  });

  it('is seen by its owner only; DELETE answers 202, and then the job and its files are gone', async () => {
    const kicked = await fhir('GET', '/$export?_type=Patient', undefined, asynchronous);
    const status = kicked.headers.get('content-location')!.replace(`${server.base}/fhir/R4`, '');
    const { body: manifest } = await outcomeOf(server, `/fhir/R4${status}`);
    const other = { authorization: `Bearer ${await issueToken(server.db.work(), 'bacsi', 1)}` };
    expect([(await fhir('GET', status, undefined, other)).status, (await fhir('DELETE', status, undefined, other)).status]).toEqual([404, 404]);
    const [file] = manifest.output;
    expect([(await fetch(file.url)).status, (await download(file.url, other.authorization.slice('Bearer '.length))).status, (await download(file.url)).status]).toEqual([401, 404, 200]);
    expect((await fhir('DELETE', status)).status).toBe(202);
    expect([(await fhir('GET', status)).status, (await download(file.url)).status]).toEqual([404, 404]);
  });
});
