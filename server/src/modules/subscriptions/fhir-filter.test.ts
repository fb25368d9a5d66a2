import { makeExtractor, zoneOf, type Resource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { sideOf } from './fhir-change.ts';
import { compileQuery } from './fhir-filter.ts';
import { judgesOf } from './topic-judge.ts';
import { namedTopics } from './topic.ts';

const extract = makeExtractor(zoneOf('Asia/Ho_Chi_Minh'));
const side = (resource: Resource) => sideOf(resource.id ?? '', Buffer.from(JSON.stringify(resource)), extract);
const glucose = side({
  resourceType: 'Observation', id: 'g1', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] }, subject: { reference: 'Patient/lan' },
  effectiveDateTime: '2026-01-02', valueQuantity: { value: 5 },
});
const judge = (query: string) => compileQuery('Observation', query).judge(glucose);

describe('criteria judged in memory, as the search would (R4 search §3.1.1.4)', () => {
  it.each([
    ['code=2345-7', true], ['code=http://loinc.org|2345-7', true], ['code=http://loinc.org|', true], ['code=|2345-7', false], ['code=http://snomed.info/sct|2345-7', false],
    ['code=1,2345-7', true], ['code:not=2345-7', false], ['code:not=1', true], ['status=final&code=1', false], ['status=final&code=2345-7', true],
    ['subject=Patient/lan', true], ['patient=lan', true], ['subject=Patient/hai', false], ['subject=Group/lan', false], ['_id=g1', true], ['_id=g2', false], ['', true],
  ])('%s is %s', (query, verdict) => expect(judge(query)).toBe(verdict));

  it.each(['date=ge2026', 'value-quantity=gt4', 'subject.name=lan', 'code:text=x', '_lastUpdated=gt2020', 'subject:identifier=a|b'])('%s is left to the search', (query) => {
    expect([judge(query), compileQuery('Observation', query).decided]).toEqual([undefined, false]);
  });

  it('says no where one part says no, whatever the others would say', () => {
    expect(judge('date=ge2026&code=1')).toBe(false);
    expect(judge('date=ge2026&code=2345-7')).toBeUndefined();
  });

  it('names terms of which a match must have one', () => {
    expect(compileQuery('Observation', 'date=ge2026&status=final').anchor?.every((term) => glucose.tokens.has(term))).toBe(true);
    expect(compileQuery('Observation', 'code:not=1').anchor).toBeUndefined();
  });
});

describe('R5 SubscriptionTopic.resourceTrigger.queryCriteria', () => {
  const visit = (status: string) => side({ resourceType: 'Encounter', id: 'v', status, class: { code: 'AMB' } });
  const [judgeStart] = judgesOf(namedTopics.find(({ url }) => url.endsWith('/encounter-start'))!);

  it('compares what was with what is', () => {
    expect(judgeStart!.judge('create', undefined, visit('in-progress'))).toBe(true);
    expect(judgeStart!.judge('create', undefined, visit('planned'))).toBe(false);
    expect(judgeStart!.judge('update', visit('planned'), visit('in-progress'))).toBe(true);
    expect(judgeStart!.judge('update', visit('in-progress'), visit('in-progress'))).toBe(false);
    expect(judgeStart!.judge('update', visit('in-progress'), visit('finished'))).toBe(false);
    expect(judgeStart!.judge('delete', visit('in-progress'), undefined)).toBe(false);
  });

  it('takes either side where not both are required, and the results set for creation and deletion', () => {
    const query = { previous: 'status=planned', current: 'status=finished', requireBoth: false, passesOnCreate: false, passesOnDelete: true };
    const [either] = judgesOf({ url: 'x', title: 'x', triggers: [{ type: 'Encounter', on: ['create', 'update', 'delete'], query }] });
    expect(either!.judge('update', visit('planned'), visit('arrived'))).toBe(true);
    expect(either!.judge('update', visit('arrived'), visit('finished'))).toBe(true);
    expect(either!.judge('update', visit('arrived'), visit('triaged'))).toBe(false);
    expect(either!.judge('create', undefined, visit('arrived'))).toBe(false);
    expect(either!.judge('delete', visit('arrived'), undefined)).toBe(true);
  });
});
