import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import { resourceTypes } from '../structure/structure.ts';
import { zoneOf } from './dates.ts';
import { makeExtractor } from './extract.ts';
import { keyOf } from './keys.ts';
import { searchParametersOf } from './parameters.ts';
import { leafTypesOf, parsePath } from './path.ts';
import { presenceBit } from './presence.ts';
import { codeTerm, compartmentPlace, exactTerm, patientCodeTerm, placeOf, referenceTerm, systemCodeTerm, systemTerm, textTerm, unitTerm, type IndexKind } from './terms.ts';

const extract = makeExtractor(zoneOf('Asia/Ho_Chi_Minh'));
const place = (path: string, kind: IndexKind): bigint => placeOf('Observation', path, kind);

const pressure = parseLossless(`{"resourceType":"Observation","id":"bp-1","status":"final",
  "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
  "subject":{"reference":"Patient/hanh"},"performer":[{"reference":"Practitioner/lan"},{"reference":"Patient/chong"}],
  "effectiveDateTime":"2026-11-23T08:36:00+07:00",
  "component":[
    {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":152.0,"unit":"mmHg","code":"mm[Hg]"}},
    {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":88,"code":"mm[Hg]"}}]}`) as Resource;

describe('the index entry of a resource', () => {
  const entry = extract(pressure);

  it('keeps a code with, without and as its system', () => {
    const code = place('code', 'token');
    expect(entry.tokens).toContain(codeTerm('85354-9') ^ code);
    expect(entry.tokens).toContain(systemCodeTerm('http://loinc.org', '85354-9') ^ code);
    expect(entry.tokens).toContain(systemTerm('http://loinc.org') ^ code);
  });

  it('knows its patient, its date and its references', () => {
    expect(entry.patient).toBe(keyOf('hanh'));
    expect(entry.date).toEqual({ low: Date.UTC(2026, 10, 23, 1, 36), high: Date.UTC(2026, 10, 23, 1, 36, 1) });
    expect(entry.tokens).toContain(referenceTerm('Practitioner', 'lan') ^ place('performer', 'reference'));
  });

  it('makes another patient of the compartment a member', () => {
    expect(entry.tokens).toContain(keyOf('chong') ^ compartmentPlace);
    expect(entry.tokens).not.toContain(keyOf('hanh') ^ compartmentPlace);
  });

  it('keeps numbers once a path, and pairs them with the code of the same component only', () => {
    const inUnit = (unit: string) => place('component.value{Quantity}', 'range') ^ unitTerm('', 'mm[Hg]', unit);
    const values = entry.ranges.filter((r) => [inUnit('mmHg'), inUnit('')].includes(r.place)).map((r) => r.low);
    expect(values).toEqual([152, 88]);
    const pairs = entry.ranges.filter((r) => ![inUnit('mmHg'), inUnit('')].includes(r.place));
    expect(pairs.map((p) => p.low).sort()).toEqual([152, 88]);
    expect(new Set(pairs.map((p) => p.place)).size).toBe(2);
  });
});

describe('names and numbers of a patient', () => {
  const entry = extract({
    resourceType: 'Patient', id: 'hanh', birthDate: '1968-03-14', deceasedBoolean: false,
    name: [{ text: 'Nguyễn Thị Hạnh', family: 'Nguyễn', given: ['Thị', 'Hạnh'] }],
    identifier: [{ system: 'urn:mr', value: '26.014.582' }],
    telecom: [{ system: 'phone', value: '+84 912 345 678' }],
  });
  const texts = (path: string): string[] => entry.strings.filter((s) => s.place === placeOf('Patient', path, 'string')).map((s) => s.text);

  it('finds a name by any of its words, and exactly by its letters', () => {
    expect(texts('name')).toEqual(['nguyen thi hanh', 'thi hanh', 'hanh']);
    expect(entry.tokens).toContain(exactTerm('Nguyễn') ^ placeOf('Patient', 'name.family', 'exact'));
    expect(entry.tokens).not.toContain(exactTerm('Nguyen') ^ placeOf('Patient', 'name.family', 'exact'));
  });

  it('keeps numbers as people type them', () => {
    expect(texts('identifier.value')).toEqual(['26014582']);
    expect(texts('telecom.value')).toEqual(['0912345678']);
    expect(entry.tokens).toContain(codeTerm('0912345678') ^ placeOf('Patient', 'telecom[system=phone]', 'token'));
  });

  it('takes deceasedBoolean false for alive and a date for dead', () => {
    const deceased = placeOf('Patient', 'deceased!', 'token');
    expect(entry.tokens).toContain(codeTerm('false') ^ deceased);
    expect(extract({ resourceType: 'Patient', deceasedDateTime: '2026-01-01' }).tokens).toContain(codeTerm('true') ^ deceased);
  });
});

describe('what modifiers ask for', () => {
  const present = (entry: { present: bigint }, type: string, code: string): boolean => (entry.present & (1n << BigInt(presenceBit(type, code) as number))) !== 0n;

  it('marks each parameter that has a value, and no other', () => {
    const entry = extract(pressure);
    const marked = [...searchParametersOf('Observation').keys()].filter((code) => !code.startsWith('_') && present(entry, 'Observation', code));
    expect(marked).toEqual([
      'code', 'combo-code-value-quantity', 'combo-code', 'combo-value-quantity', 'component-code-value-quantity', 'component-code', 'component-value-quantity',
      'date', 'patient', 'performer', 'status', 'subject',
    ]);
    expect(present(extract({ resourceType: 'Observation', subject: { reference: 'Group/a' } }), 'Observation', 'patient')).toBe(false);
  });

  it('gives every parameter of R4 a bit of its own, the common ones the same in all types', () => {
    for (const type of resourceTypes) {
      const bits = [...searchParametersOf(type).keys()].filter((code) => code !== '_id' && code !== '_lastUpdated').map((code) => presenceBit(type, code));
      expect(bits).not.toContain(undefined);
      expect(new Set(bits).size).toBe(bits.length);
      expect(presenceBit(type, '_tag')).toBe(presenceBit('Resource', '_tag'));
    }
  });

  it('keeps the text beside a code once, whatever its accents and case', () => {
    const entry = extract({ resourceType: 'Observation', code: { coding: [{ system: 's', code: '1', display: 'Đường huyết' }], text: 'DUONG HUYET' } });
    const place = placeOf('Observation', 'code', 'text');
    expect(entry.tokens).toContain(textTerm('duong huyet') ^ place);
    expect(entry.spellings.filter((s) => s.place === place)).toEqual([{ place, text: 'Đường huyết', token: textTerm('duong huyet') ^ place, byWord: true }]);
  });

  it('keeps a code in its system together with the patient', () => {
    expect(extract(pressure).tokens).toContain(patientCodeTerm(keyOf('hanh'), systemCodeTerm('http://loinc.org', '85354-9') ^ place('code', 'token')));
  });

  it('reads < and > as reaching to infinity without the number itself', () => {
    const [below] = extract({ resourceType: 'Observation', valueQuantity: { value: 5, comparator: '<', unit: 'g' } }).ranges;
    expect(below).toMatchObject({ low: -Infinity, high: 4.999999999999999 });
    const [above] = extract({ resourceType: 'Observation', valueQuantity: { value: -5, comparator: '>', unit: 'g' } }).ranges;
    expect(above).toMatchObject({ low: -4.999999999999999, high: Infinity });
  });
});

describe('periods', () => {
  it('leaves a running visit open and gives a Timing its bounds', () => {
    expect(extract({ resourceType: 'Encounter', period: { start: '2026-11-23T07:00:00+07:00' } }).date?.high).toBe(Infinity);
    const ranges = extract({ resourceType: 'MedicationRequest', dosageInstruction: [{ timing: { event: ['2026-01-01', '2026-01-05'] } }] }).ranges;
    expect(ranges).toHaveLength(2);
  });
});

describe('the table of parameters', () => {
  it('compiles for every type, and every path leads to a value', () => {
    const lost: string[] = [];
    for (const type of resourceTypes) {
      expect(() => extract({ resourceType: type })).not.toThrow();
      for (const parameter of searchParametersOf(type).values()) {
        if (parameter.type === 'composite') continue;
        for (const path of parameter.paths) if (parsePath(path).steps.length === 0 || leafTypesOf(type, path).length === 0) lost.push(`${type}.${parameter.code}: ${path}`);
      }
    }
    expect(lost).toEqual([]);
  });
});
