// Lists for the terminology tests: a small classification of diseases, the communes of a province before and after 2025-07-01, laboratory tests.
import type { Json } from './client.ts';

export const diseases = 'http://sen.test/diseases';
export const communes = 'http://sen.test/communes';
export const tests = 'http://sen.test/tests';

const english = (value: string) => [{ language: 'en', value }];

/** A tree of three levels; `B15` has a second parent (Z22.5's group). */
export const diseaseList: Json = {
  resourceType: 'CodeSystem', id: 'diseases', url: diseases, version: '2026', name: 'Diseases', status: 'active', content: 'complete', caseSensitive: true, language: 'vi',
  hierarchyMeaning: 'is-a', valueSet: 'http://sen.test/ValueSet/all-diseases',
  property: [
    { code: 'days', type: 'decimal' }, { code: 'group', type: 'code' }, { code: 'notifiable', type: 'boolean' },
    { code: 'under', uri: 'http://hl7.org/fhir/concept-properties#parent', type: 'code' },
    { code: 'inactive', uri: 'http://hl7.org/fhir/concept-properties#inactive', type: 'boolean' },
  ],
  concept: [
    {
      code: 'I', display: 'Bệnh nhiễm trùng', designation: english('Infectious diseases'), property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        {
          code: 'B15', display: 'Viêm gan A cấp', definition: 'Viêm gan do virus A.', designation: english('Acute hepatitis A'),
          property: [{ code: 'days', valueDecimal: 28.0 }, { code: 'group', valueCode: 'liver' }, { code: 'notifiable', valueBoolean: true }, { code: 'under', valueCode: 'XI' }],
          concept: [
            { code: 'B15.0', display: 'Viêm gan A có hôn mê gan', designation: english('Hepatitis A with hepatic coma') },
            { code: 'B15.9', display: 'Viêm gan A không có hôn mê gan', designation: english('Hepatitis A without hepatic coma') },
          ],
        },
        { code: 'A90', display: 'Sốt xuất huyết Dengue', designation: english('Dengue fever'), property: [{ code: 'notifiable', valueBoolean: true }] },
        { code: 'A91', display: 'Sốt xuất huyết (mã cũ)', property: [{ code: 'inactive', valueBoolean: true }] },
      ],
    },
    {
      code: 'XI', display: 'Bệnh hệ tiêu hóa', designation: english('Digestive diseases'), property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [{ code: 'K74', display: 'Xơ gan', designation: english('Cirrhosis of liver'), property: [{ code: 'group', valueCode: 'liver' }] }],
    },
  ],
};

/** Effective by the extension that R5 made CodeSystem.effectivePeriod. */
const effective = (start?: string, end?: string) => [
  { url: 'http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod', valuePeriod: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) } },
];

export const communesBefore: Json = {
  resourceType: 'CodeSystem', id: 'communes-2004', url: communes, version: '2004', status: 'retired', content: 'complete', extension: effective('2004-07-08', '2025-06-30'),
  concept: [{ code: '00001', display: 'Phường Phúc Xá' }, { code: '00004', display: 'Phường Trúc Bạch' }],
};

/** The list since 2025-07-01, with a commune that was added later and one that is to end. */
export const communesSince: Json = {
  resourceType: 'CodeSystem', id: 'communes-2025', url: communes, version: '2025', status: 'active', content: 'complete', extension: effective('2025-07-01'),
  property: [{ code: 'effectiveDate', type: 'dateTime' }, { code: 'retirementDate', type: 'dateTime' }],
  concept: [
    { code: '00004', display: 'Phường Ba Đình' },
    { code: '09999', display: 'Phường Mới', property: [{ code: 'effectiveDate', valueDateTime: '2025-10-01' }] },
    { code: '00008', display: 'Phường Ngọc Hà', property: [{ code: 'retirementDate', valueDateTime: '2026-01-01' }] },
  ],
};

export const testList: Json = {
  resourceType: 'CodeSystem', id: 'tests', url: tests, status: 'active', content: 'complete', caseSensitive: false, language: 'en',
  concept: [{ code: 'GLU', display: 'Glucose' }, { code: 'HBA1C', display: 'Hemoglobin A1c' }],
};

/** Vietnamese names for another's list (content = supplement). */
export const testNames: Json = {
  resourceType: 'CodeSystem', id: 'test-names', url: 'http://sen.test/test-names', status: 'active', content: 'supplement', supplements: tests, language: 'vi',
  concept: [{ code: 'GLU', designation: [{ language: 'vi', value: 'Đường huyết' }] }, { code: 'HBA1C', display: 'Huyết sắc tố gắn đường' }],
};

export function valueSet(id: string, compose: Json, more: object = {}): Json {
  return { resourceType: 'ValueSet', id, url: `http://sen.test/ValueSet/${id}`, status: 'active', compose, ...more };
}

/** The codes of an expansion, in order, with what is nested in brackets. */
export function codesOf(contains: Json[] = []): string {
  return contains.map((one) => (one.contains === undefined ? one.code : `${one.code}(${codesOf(one.contains)})`)).join(' ');
}

/** The value of the first parameter of a name. */
export function valueIn(body: Json, name: string): unknown {
  const found = body.parameter?.find((one: Json) => one.name === name);
  const key = Object.keys(found ?? {}).find((one) => one.startsWith('value'));
  return key === undefined ? undefined : found[key];
}

/** The groups of a name, each as `{ name: value }` of its parts. */
export function groupsIn(body: Json, name: string): Record<string, unknown>[] {
  const groups = body.parameter.filter((one: Json) => one.name === name);
  return groups.map((one: Json) => Object.fromEntries(one.part.map(({ name, ...rest }: Json) => [name, Object.values(rest)[0]])));
}
