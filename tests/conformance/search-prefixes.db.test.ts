import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;

const ucum = 'http://unitsofmeasure.org';
const quantity = (value: number, code: string, more: object = {}) => ({ value, unit: code, system: ucum, code, ...more });
const observation = (id: string, value: object, code = 'x') => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'urn:lab', code }] }, ...value });
const of = (id: string, valueQuantity: object, code?: string) => observation(id, { valueQuantity }, code);
const risk = (id: string, probability: object) => ({ resourceType: 'RiskAssessment', id, status: 'final', subject: { reference: 'Patient/lan' }, prediction: [probability] });
const visit = (id: string, period: object) => ({ resourceType: 'Encounter', id, status: 'finished', class: { code: 'AMB' }, period });
const ordered = (id: string, timing: object) => ({ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', medicationCodeableConcept: { text: 'x' }, subject: { reference: 'Patient/lan' }, dosageInstruction: [{ timing }] });

beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const resource of [
    lan({ id: 'lan' }),
    ...[['99.4', 0.994], ['99.5', 0.995], ['100', 1], ['100.4', 1.004], ['100.5', 1.005]].map(([id, value]) => risk(`p${id}`, { probabilityDecimal: value })),
    risk('range', { probabilityRange: { low: { value: 0.2 }, high: { value: 0.4 } } }), risk('open', { probabilityRange: { low: { value: 0.6 } } }),
    of('g5', quantity(5.4, 'g')), of('mg5400', quantity(5400, 'mg')), of('mg5350', quantity(5350, 'mg')), of('mg5450', quantity(5450, 'mg')), of('bare', { value: 5.4 }),
    of('text', { value: 5.4, unit: 'g' }), of('above5', quantity(5, 'g', { comparator: '>' })), of('below5', quantity(5, 'g', { comparator: '<' })),
    of('cold', quantity(36.5, 'Cel'), 'temperature'), of('hot', quantity(102.2, '[degF]'), 'temperature'),
    of('kpa', quantity(16, 'kPa'), 'pressure'), of('mmhg', quantity(152, 'mm[Hg]', { unit: 'mmHg' }), 'pressure'),
    of('cells', quantity(250, '10*3/uL'), 'platelets'), of('cells-9', quantity(90, '10*9/L'), 'platelets'),
    of('molar', quantity(5.5, 'mmol/L'), 'glucose'), of('mass', quantity(99, 'mg/dL'), 'glucose'), of('units', quantity(40, '[iU]/L'), 'enzyme'), of('enzyme', quantity(40, 'U/L'), 'enzyme'),
    { resourceType: 'Invoice', id: 'dong', status: 'issued', totalGross: { value: 150000, currency: 'VND' } }, { resourceType: 'Invoice', id: 'dollar', status: 'issued', totalGross: { value: 150000, currency: 'USD' } },
    { resourceType: 'Condition', id: 'at-30', subject: { reference: 'Patient/lan' }, onsetAge: quantity(30, 'a') }, { resourceType: 'Condition', id: 'at-18-months', subject: { reference: 'Patient/lan' }, onsetAge: quantity(18, 'mo') },
    {
      resourceType: 'Observation', id: 'pair', status: 'final', code: { coding: [{ system: 'urn:lab', code: 'panel' }] },
      component: [
        { code: { coding: [{ system: 'urn:a', code: 'same' }] }, valueQuantity: quantity(1, 'g') }, { code: { coding: [{ system: 'urn:b', code: 'same' }] }, valueQuantity: quantity(9, 'mg') },
        { code: { coding: [{ system: 'urn:a', code: 'kind' }] }, valueCodeableConcept: { coding: [{ system: 'urn:c', code: 'yes' }] } },
      ],
    },
    { resourceType: 'DocumentReference', id: 'second', status: 'current', content: [{ attachment: { url: 'http://x.vn/1' } }], relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/first' } }, { code: 'appends', target: { reference: 'DocumentReference/third' } }] },
    visit('whole', { start: '2026-03-10', end: '2026-03-12' }), visit('running', { start: '2026-03-11' }), visit('until', { end: '2026-03-10' }), visit('long', { start: '2026-01-01', end: '2026-12-31' }),
    ordered('two-times', { event: ['2026-05-01', '2026-05-03'] }), { resourceType: 'ServiceRequest', id: 'bounded', status: 'active', intent: 'order', subject: { reference: 'Patient/lan' }, occurrenceTiming: { repeat: { boundsPeriod: { start: '2026-05-02', end: '2026-05-10' } } } },
  ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}

const one = (probabilities: string): string[] => probabilities.split(' ').filter((p) => p !== '');

describe('R4 search §3.1.1.4.5, .6 number: prefixes and implied precision', () => {
  it.each([
    ['1.00', 'p100 p100.4 p99.5'], ['eq1.00', 'p100 p100.4 p99.5'], ['1.000', 'p100'], ['1.0', 'p100 p100.4 p100.5 p99.4 p99.5'], ['100e-2', 'p100'], ['1e0', 'p100 p100.4 p100.5 p99.4 p99.5'],
    ['ne1.00', 'open p100.5 p99.4 range'], ['gt1.00', 'open p100.4 p100.5'], ['ge1.00', 'open p100 p100.4 p100.5'], ['lt1.00', 'open p99.4 p99.5 range'], ['le1.00', 'open p100 p99.4 p99.5 range'],
    ['sa0.39', 'open p100 p100.4 p100.5 p99.4 p99.5'], ['sa0.4', 'open p100 p100.4 p100.5 p99.4 p99.5'], ['eb0.5', 'range'], ['eb0.4', ''], ['ap1.1', 'open p100 p100.4 p100.5 p99.4 p99.5'], ['ap0.43', 'range'],
    ['lt0.25', 'range'], ['gt0.35', 'open p100 p100.4 p100.5 p99.4 p99.5 range'], ['0.3', ''], ['lt0.3,gt1.0045', 'open p100.5 range'],
  ])('probability=%s', async (value, expected) => expect(await found(`RiskAssessment?probability=${value}`)).toEqual(one(expected)));
});

const grams = (value: string): string => `Observation?code=x&value-quantity=${value}`;

describe('R4 search §3.1.1.4.11 quantity: units', () => {
  it.each([
    ['5.4|http://unitsofmeasure.org|g', 'g5 mg5350 mg5400'], ['5.40|http://unitsofmeasure.org|g', 'g5 mg5400'], ['5400|http://unitsofmeasure.org|mg', 'g5 mg5400'], ['5400.0|http://unitsofmeasure.org|mg', 'g5 mg5400'],
    ['gt5.4|http://unitsofmeasure.org|g', 'above5 mg5450'], ['ge5.4|http://unitsofmeasure.org|g', 'above5 g5 mg5400 mg5450'], ['lt5.4|http://unitsofmeasure.org|g', 'above5 below5 mg5350'], ['le5.4|http://unitsofmeasure.org|g', 'above5 below5 g5 mg5350 mg5400'],
    ['sa5.4|http://unitsofmeasure.org|g', 'mg5450'], ['eb5.4|http://unitsofmeasure.org|g', 'below5 mg5350'], ['ne5.4|http://unitsofmeasure.org|g', 'above5 below5 mg5450'], ['ap5.9|http://unitsofmeasure.org|g', 'above5 g5 mg5350 mg5400 mg5450'],
    ['ge5|http://unitsofmeasure.org|g', 'above5 g5 mg5350 mg5400 mg5450'], ['eb5|http://unitsofmeasure.org|g', 'below5'], ['5|http://unitsofmeasure.org|g', 'g5 mg5350 mg5400 mg5450'],
    ['5.4||g', 'g5 text'], ['5.4', 'bare g5 text'], ['5400||mg', 'mg5400'], ['5.4|http://unitsofmeasure.org|', 'g5'], ['5.4|urn:other|g', ''], ['5.4|http://unitsofmeasure.org|mmol/L', ''], ['5.4|http://unitsofmeasure.org|nonsense', ''],
    ['lt5.36|http://unitsofmeasure.org|g,gt5.44|http://unitsofmeasure.org|g', 'above5 below5 mg5350 mg5450'],
  ])('value-quantity=%s', async (value, expected) => expect(await found(grams(value))).toEqual(one(expected)));

  it.each([
    ['Observation?code=temperature&value-quantity=gt38|http://unitsofmeasure.org|Cel', ['hot']], ['Observation?code=temperature&value-quantity=lt98|http://unitsofmeasure.org|[degF]', ['cold']],
    ['Observation?code=temperature&value-quantity=39.0|http://unitsofmeasure.org|Cel', ['hot']], ['Observation?code=pressure&value-quantity=gt140|http://unitsofmeasure.org|mm[Hg]', ['mmhg']],
    ['Observation?code=pressure&value-quantity=ge120|http://unitsofmeasure.org|mm[Hg]', ['kpa', 'mmhg']], ['Observation?code=pressure&value-quantity=152||mmHg', ['mmhg']],
    ['Observation?code=platelets&value-quantity=lt100|http://unitsofmeasure.org|10*3/uL', ['cells-9']], ['Observation?code=platelets&value-quantity=gt100|http://unitsofmeasure.org|10*9/L', ['cells']],
    ['Observation?code=glucose&value-quantity=gt5|http://unitsofmeasure.org|mmol/L', ['molar']], ['Observation?code=glucose&value-quantity=gt0.5|http://unitsofmeasure.org|g/L', ['mass']],
    ['Observation?code=enzyme&value-quantity=40|http://unitsofmeasure.org|U/L', ['enzyme']], ['Observation?code=enzyme&value-quantity=40|http://unitsofmeasure.org|[IU]/L', ['units']],
    ['Invoice?totalgross=ge150000|urn:iso:std:iso:4217|VND', ['dong']], ['Invoice?totalgross=150000||USD', ['dollar']], ['Invoice?totalgross=150000', ['dollar', 'dong']],
    ['Condition?onset-age=lt2|http://unitsofmeasure.org|a', ['at-18-months']], ['Condition?onset-age=1.5|http://unitsofmeasure.org|a', ['at-18-months']],
    ['Patient?_has:Condition:subject:onset-age=gt20|http://unitsofmeasure.org|a', ['lan']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('orders by quantity whatever the unit', async () => {
    const { body } = await fhir('GET', '/Observation?code=enzyme,platelets,glucose&_sort=-value-quantity,_id');
    expect(body.entry.map((entry: Json) => entry.resource.id)).toEqual(['cells', 'mass', 'cells-9', 'enzyme', 'units', 'molar']);
  });

  it.each(['high', '5.4|a|b|c', 'gt', '5,4 g'])('refuses value-quantity=%s', async (value) => {
    const answer = await fhir('GET', `/Observation?value-quantity=${encodeURIComponent(value)}`);
    expect([answer.status, issueOf(answer).code]).toEqual([400, 'value']);
  });
});

describe('R4 search §3.1.1.4.17 composite: one element', () => {
  it.each([
    ['Observation?component-code-value-quantity=same$1||g', ['pair']], ['Observation?component-code-value-quantity=urn:a|same$1||g', ['pair']], ['Observation?component-code-value-quantity=urn:b|same$1||g', []],
    ['Observation?component-code-value-quantity=urn:b|same$9|http://unitsofmeasure.org|mg', ['pair']], ['Observation?component-code-value-quantity=urn:b|same$0.0090|http://unitsofmeasure.org|g', ['pair']],
    ['Observation?component-code-value-quantity=urn:a|same$9||mg', []], ['Observation?component-code-value-quantity=same$9||g', []], ['Observation?component-code-value-quantity=|same$1', []],
    ['Observation?combo-code-value-quantity=temperature$gt38|http://unitsofmeasure.org|Cel', ['hot']], ['Observation?code-value-quantity=urn:lab|pressure$ge16|http://unitsofmeasure.org|kPa', ['kpa', 'mmhg']],
    ['Observation?component-code-value-concept=kind$urn:c|yes', ['pair']], ['Observation?component-code-value-concept=urn:a|kind$yes', ['pair']], ['Observation?component-code-value-concept=urn:b|kind$yes', []], ['Observation?component-code-value-concept=kind$urn:c|', ['pair']],
    ['DocumentReference?relationship=replaces$DocumentReference/first', ['second']], ['DocumentReference?relationship=replaces$DocumentReference/third', []], ['Observation?code-value-quantity=none$1', []],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it.each(['same', '$1', 'same$many', 'same$1$2'])('refuses component-code-value-quantity=%s', async (value) => expect((await fhir('GET', `/Observation?component-code-value-quantity=${value}`)).status).toBe(400));
});

describe('R4 search §3.1.1.4.5, .7 date: prefixes against periods', () => {
  it.each([
    ['2026-03', 'whole'], ['eq2026-03-10', ''], ['2026', 'long whole'], ['ne2026-03', 'long running until'], ['gt2026-03-12', 'long running'], ['gt2026-03-11', 'long running whole'], ['ge2026-03-12', 'long running'],
    ['lt2026-03-10', 'long until'], ['le2026-03-10', 'long until'], ['le2026-03-12', 'long running until whole'], ['sa2026-03-10', 'running'], ['sa2026-03-09', 'running whole'], ['eb2026-03-11', 'until'], ['eb2026-03-13', 'until whole'],
    ['ge2026-03-10&date=le2026-03-12', 'long running whole'], ['lt2026-01-01,gt2027', 'running until'],
  ])('Encounter?date=%s', async (value, expected) => expect(await found(`Encounter?date=${value}`)).toEqual(one(expected)));

  it('widens ap by a tenth of the distance from now', async () => {
    await fhir('PUT', '/Encounter/past', visit('past', { start: '2016-01-01', end: '2016-01-02' }));
    expect(await found('Encounter?date=ap2015-06')).toEqual(['past', 'until']);
    expect(await found('Encounter?date=ap2010')).toEqual(['until']);
  });
  it.each([
    ['MedicationRequest?date=2026-05-03', ['two-times']], ['MedicationRequest?date=2026-05-02', []], ['ServiceRequest?occurrence=ge2026-05-10', []], ['ServiceRequest?occurrence=ge2026-05-09', ['bounded']], ['MedicationRequest?date=eb2026-05-02', ['two-times']],
    ['Patient?_has:MedicationRequest:patient:date=sa2026-05-01', ['lan']],
  ])('reads a Timing by its events and bounds: %s', async (query, expected) => expect(await found(query)).toEqual(expected));
});
