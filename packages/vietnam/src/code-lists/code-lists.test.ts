import { validateResource, type Resource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import type { Definition } from './code-system.ts';
import { readCodeLists, readEdition, starterCodeLists } from './read-code-lists.ts';
import { valueSets } from '../value-sets.ts';
import { TableError } from './table.ts';

type Json = any; // eslint-disable-line -- looks into resources of any shape
const errorsOf = (resource: Definition) => validateResource(resource as unknown as Resource).filter(({ severity }) => severity === 'error');

describe('the starter sets', () => {
  const starters = starterCodeLists() as Json[];
  const byUrl = (name: string, version?: string): Json => starters.find((one) => one.url.endsWith(`/${name}`) && (version === undefined || one.version === version));

  it('are valid resources under ids of their own', () => {
    for (const one of starters) expect([one.id, errorsOf(one)]).toEqual([one.id, []]);
    expect(new Set(starters.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(starters.length);
  });

  it('are whole where the list is short, and say where they are not', () => {
    expect([byUrl('ma-dantoc').count, byUrl('ma-dantoc').content, byUrl('tinh', '2025').count, byUrl('tinh', '2008').count]).toEqual([55, 'complete', 34, 63]);
    expect(byUrl('icd10-vn').content).toBe('fragment');
  });

  it('put ICD-10 codes below their chapter and code', () => {
    const concept = (code: string) => byUrl('icd10-vn').concept.find((one: Json) => one.code === code);
    const parentOf = (code: string) => concept(code).property.find((one: Json) => one.code === 'parent')?.valueCode;
    expect([parentOf('E11.9'), parentOf('E11'), parentOf('J18')]).toEqual(['E11', 'E00-E90', 'J00-J99']);
    expect(concept('E00-E90').property).toContainEqual({ code: 'notSelectable', valueBoolean: true });
  });

  it('map each old province to one of the new, wider where it was merged', () => {
    const [{ element }] = byUrl('tinh-2008-2025').group;
    const of = (code: string) => element.find((one: Json) => one.code === code).target;
    expect([of('04'), of('02')]).toEqual([[{ code: '04', equivalence: 'equal' }], [{ code: '08', equivalence: 'wider' }]]);
    const provinces = new Set(byUrl('tinh', '2025').concept.map(({ code }: Json) => code));
    expect(element.every((one: Json) => provinces.has(one.target[0].code))).toBe(true);
    expect(element).toHaveLength(63);
  });

  it('say on which days they hold', () => {
    expect(byUrl('tinh', '2008').extension[0].valuePeriod).toEqual({ start: '2008-08-01', end: '2025-06-30' });
    expect(byUrl('tinh', '2025').extension[0].valuePeriod).toEqual({ start: '2025-07-01' });
  });
});

describe('tables of official lists', () => {
  it('become code systems; ICD-10 with the rules of its appendices', () => {
    const tables: Record<string, string> = {
      'icd10-4469.tsv': 'code\tcode_nodot\tvi\tchapter\tchapter_range\tblock\nB95\tB95\tLiên cầu\tI\tA00-B99\tB95-B97\nB95.0\tB950\tLiên cầu nhóm A\tI\tA00-B99\tB95-B97\nB96\tB96\tVi khuẩn khác\tI\tA00-B99\tB95-B97\n',
      'icd10-4469-rules.tsv': 'rule\tcode_nodot\tcode\nNOT_PRINCIPAL\tB950\tB95.0\nSEX_FEMALE\tB950\tB95.0\nAGE_9_60_YEARS\tB950\tB95.0',
      'icd10-4469-dagger-asterisk.tsv': 'dagger\tasterisk\tprincipal_choice\nB950\tB96\tB96',
    };
    const [list] = readCodeLists((file) => tables[file]);
    expect(valueSets.map(({ url }) => url)).toContain(list?.resource?.['valueSet']);
    expect([list?.codes, errorsOf(list!.resource!)]).toEqual([5, []]);
    expect((list!.resource as Json).concept.at(-2)).toEqual({
      code: 'B95.0', display: 'Liên cầu nhóm A',
      property: [
        { code: 'parent', valueCode: 'B95' }, { code: 'khongDau', valueString: 'B950' }, { code: 'khongLaBenhChinh', valueBoolean: true }, { code: 'gioiTinh', valueString: 'nữ' },
        { code: 'tuoi', valueString: '9–60 tuổi' }, { code: 'maSao', valueString: 'B96' },
      ],
    });
  });

  it('name the column that is missing, the line without a code, text that is not UTF-8, and the lists there are', () => {
    expect(readCodeLists((file) => (file === 'ma_nhom.tsv' ? 'ma\tten\n1\tXét nghiệm' : undefined))).toEqual([{ file: 'ma_nhom.tsv', resource: undefined, codes: 0, problem: expect.stringContaining('column code, vi is missing') }]);
    const problemOf = (text: string) => readCodeLists((file) => (file === 'ma_nhom.tsv' ? text : undefined))[0]?.problem;
    expect(problemOf('code\tvi\n01\tXét nghi\uFFFDm')).toContain('not UTF-8');
    expect(problemOf('code\tvi\n01\tXét nghiệm\n\n\tThuốc')).toBe('line 4 has no code');
    expect(() => readEdition('nothing', { version: '1' }, '')).toThrow(TableError);
  });

  it('can be further editions of a list, with their own days', () => {
    const edition = readEdition('ma-khoa', { version: '2026-1804-full', from: '2026-07-01' }, 'code\tvi\nK99\tKhác') as Json;
    expect([edition.id, edition.version, edition.status, edition.extension[0].valuePeriod.start, edition.count]).toEqual(['ma-khoa-2026-1804-full', '2026-1804-full', 'active', '2026-07-01', 1]);
  });
});
