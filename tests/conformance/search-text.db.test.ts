import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospital } from '../../server/src/hospital.ts';
import { followTexts } from '../../server/src/modules/record/search/full-text/follow-texts.ts';
import { runTextJob } from '../../server/src/modules/record/search/full-text/run-text-job.ts';
import { setSearchLimits } from '../../server/src/modules/record/search/limits.ts';
import { prepareBackground } from '../../server/src/platform/events.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const told = (text: string) => ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>` });
const condition = (id: string, narrative: string, more: object = {}): Json => ({ resourceType: 'Condition', id, subject: { reference: 'Patient/lan' }, text: told(narrative), ...more });
const put = async (resource: Json): Promise<number> => (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status;
const index = async (): Promise<void> => expect(await followTexts(server.db.work(), 60_000)).toBe(true);

beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const resource of [
    lan({ id: 'lan', text: told('<p>Bà <b>Trần Thị Lan</b></p>') }),
    condition('bone', '<p>Ung thư xương, <i>di căn</i> phổi</p>'),
    condition('liver', 'Ung thư gan &amp; di căn', { note: [{ text: 'Hẹn tái khám, đã dặn ăn nhạt' }] }),
    condition('flu', 'Cúm mùa', { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'J11', display: 'Influenza' }] } }),
  ]) expect(await put(resource)).toBe(201);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}
const text = (name: string, words: string, more = '', type = 'Condition'): Promise<string[]> => found(`${type}?${name}=${encodeURIComponent(words)}${more}`);

// the same, whether the words were gathered already, or some or all of them still wait
describe.each([['before the words are gathered', false], ['after', true]])('R4 search.html, text search parameters, %s', (_when, gathered) => {
  beforeAll(async () => {
    if (gathered) await index();
  });

  it('_text searches the narrative: beginnings of words, without accents and case, all of them', async () => {
    expect(await text('_text', 'ung thu')).toEqual(['bone', 'liver']);
    expect(await text('_text', 'DI CĂN xươ')).toEqual(['bone']);
    expect(await text('_text', 'tai kham')).toEqual([]);
    expect(await text('_text', 'xhtml')).toEqual([]);
  });

  it('_content searches every text of the resource', async () => {
    expect(await text('_content', 'tái khám')).toEqual(['liver']);
    expect(await text('_content', 'influ')).toEqual(['flu']);
    expect(await text('_content', 'J11')).toEqual(['flu']);
    expect(await text('_content', 'gan')).toEqual(['liver']);
  });

  it('knows AND, OR, NOT, parentheses, phrases, and commas as alternatives', async () => {
    expect(await text('_text', '(xương OR gan) AND "di căn"')).toEqual(['bone', 'liver']);
    expect(await text('_text', '"di căn phổi"')).toEqual(['bone']);
    expect(await text('_text', '"căn di"')).toEqual([]);
    expect(await text('_text', 'cúm,xương')).toEqual(['bone', 'flu']);
    expect(await text('_text', 'ung NOT gan')).toEqual(['bone']);
    expect(await text('_content', '"khám đã"')).toEqual(['liver']);
  });

  it('stands beside other parameters, in compartments, on several types and on all', async () => {
    expect(await text('_text', 'ung', '&_id=bone')).toEqual(['bone']);
    expect(await text('_text', 'ung', '', 'Patient/lan/Condition')).toEqual(['bone', 'liver']);
    expect(await text('_text', 'lan', '&_type=Patient,Condition', '')).toEqual(['lan']);
    expect(await text('_content', 'lan', '', '')).toEqual(['lan']);
    const { body } = await fhir('GET', '/Condition?_text=ung&_total=accurate&_count=1');
    expect([body.total, body.link[0].url.includes('_text=ung')]).toEqual([2, true]);
    expect((await fhir('GET', body.link[1].url.slice(body.link[1].url.indexOf('/Condition')))).body.entry).toHaveLength(1);
  });
});

describe('R4 search.html, text search parameters: what changes is found at once', () => {
  it('finds new words and no longer the old ones, before and after they are gathered', async () => {
    await index();
    expect(await put(condition('flu', 'Viêm họng'))).toBe(200);
    expect(await put(condition('new', 'Cúm mùa'))).toBe(201);
    expect((await fhir('DELETE', '/Condition/bone')).status).toBe(204);
    for (const when of ['waiting', 'gathered']) {
      expect([when, await text('_text', 'cúm'), await text('_text', 'hong'), await text('_text', 'ung'), await text('_content', 'influenza'), await text('_text', 'ung', '', '')])
        .toEqual([when, ['new'], ['flu'], ['liver'], [], ['liver']]);
      await index();
    }
    const { rows } = await server.db.database.query<{ count: number }>({ text: 'select count(*)::int as count from record.full_text' });
    expect(rows).toEqual([{ count: 4 }]);
  });

  it('refuses to search when too many changes wait, and says how many', async () => {
    await server.db.database.query({ text: `insert into record.change (change, type, key, version, updated, method, id) select 0, ${28}, n, 1, 0, 1, 'x' from generate_series(1, 3) n` });
    await server.db.database.query({ text: "update record.follower set cursor = '0.0' where name = 'record.full-text'" });
    await server.db.database.query({ text: `insert into record.change (change, type, key, version, updated, method, id) select 1, ${28}, n, 1, 0, 1, 'x' || n from generate_series(1, 5001) n` });
    const behind = await fhir('GET', '/Condition?_text=ung');
    expect([behind.status, issueOf(behind).details.coding[0]?.code, /\d{4} changes are left/.test(issueOf(behind).diagnostics)]).toEqual([429, 'record.full-text-behind', true]);
    expect(await text('_text', 'lan', '', 'Patient')).toEqual(['lan']);
    // the job goes on in a run that it queues itself, one and no more
    await prepareBackground(server.db.database, hospital);
    for (const data of [null, null]) await runTextJob(server.db.database, server.db.work(), data, 0);
    expect((await server.db.database.query({ text: "select data from jobs.job where name = 'job/record/follow-texts'" })).rows).toEqual([{ data: { next: true } }]);
    await runTextJob(server.db.database, server.db.work(), { next: true }, 60_000);
    expect(await text('_text', 'ung')).toEqual(['liver']);
  });

  it('refuses a text without words, one that does not close, modifiers, and all where it is switched off', async () => {
    for (const query of ['_text=--', '_text="a', '_content=(a', '_text:exact=a']) expect([query, (await fhir('GET', `/Condition?${query}`)).status]).toEqual([query, 400]);
    setSearchLimits({ countDefault: 20, countMax: 1000, fullText: false });
    const off = await fhir('GET', '/Condition?_text=ung');
    setSearchLimits({ countDefault: 20, countMax: 1000, fullText: true });
    expect([off.status, issueOf(off).details.coding[0]?.code]).toEqual([400, 'record.full-text-off']);
  });
});
