import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { primitiveCheck } from './primitives.ts';

const cases: Record<string, { right: string[]; wrong: string[] }> = {
  boolean: { right: ['true', 'false'], wrong: ['"true"', '1', 'null'] },
  integer: { right: ['0', '-5', '2147483647', '-2147483648'], wrong: ['2147483648', '-2147483649', '1.5', '1.0', '1e3', '-0', '"1"'] },
  unsignedInt: { right: ['0', '7'], wrong: ['-1', '2147483648'] },
  positiveInt: { right: ['1'], wrong: ['0', '-1'] },
  decimal: { right: ['0', '1.0', '-0.00', '1e-7', '12345678901234567890.1234567890'], wrong: ['"1.0"', 'true'] },
  string: { right: ['"x"', '" "', '"a\\tb\\r\\n"', '"Nguyễn"', '"😀"'], wrong: ['""', '5', '"a\\u0000b"', '"a\\u000bb"', '"\\ud800"'] },
  markdown: { right: ['"# x"'], wrong: ['""'] },
  code: { right: ['"a"', '"a b"'], wrong: ['" a"', '"a "', '"a  b"', '""'] },
  id: { right: ['"A-z.09"', `"${'x'.repeat(64)}"`], wrong: ['"a_b"', '"a/b"', '""', `"${'x'.repeat(65)}"`] },
  uri: { right: ['"urn:oid:1.2"', '"http://sen.example/một"'], wrong: ['"a b"', '""'] },
  oid: { right: ['"urn:oid:1.2.840"'], wrong: ['"1.2.840"', '"urn:oid:3.1"', '"urn:oid:1.02"'] },
  uuid: { right: ['"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"'], wrong: ['"urn:uuid:C757873D-EC9A-4326-A141-556F43239520"', '"c757873d-ec9a-4326-a141-556f43239520"'] },
  date: { right: ['"2024"', '"2024-02"', '"2024-02-29"', '"2000-02-29"', '"2024-04-30"'], wrong: ['"2023-02-29"', '"1900-02-29"', '"2024-02-31"', '"2024-04-31"', '"2024-13"', '"0000"', '"2024-2-1"', '"24"', '"2024-02-29T00:00:00Z"'] },
  dateTime: {
    right: ['"2024"', '"2024-02-29T07:30:00+07:00"', '"2024-02-29T07:30:00.123456Z"', '"2024-12-31T23:59:60Z"', '"2024-01-01T00:00:00-14:00"'],
    wrong: ['"2024-02-29T07:30:00"', '"2024-02-29T07:30Z"', '"2024-02-30T07:30:00Z"', '"2024-02-29T24:00:00Z"', '"2024-02-29 07:30:00Z"', '"2024-02-29T07:30:00+14:30"', '"2024-02T07:30:00Z"'],
  },
  instant: { right: ['"2024-02-29T07:30:00Z"'], wrong: ['"2024-02-29"', '"2023-02-29T07:30:00Z"', '"2024-02-29T07:30:00"'] },
  time: { right: ['"07:30:00"', '"23:59:59.999"'], wrong: ['"07:30"', '"24:00:00"', '"07:30:00Z"', '"7:30:00"'] },
  base64Binary: { right: ['"QQ=="', '"QUJD"', '"QUJD\\nQUJD"', '" QUJD QQ== "'], wrong: ['"QU\\nJD"', '" "', '"QQ==\\nQUJD"', '""', '"QQ="', '"Q==="', '"Q=Q="', '"Q?=="'] },
};

/** Judges a JSON value as it stands inside a resource. */
function problemOf(type: string, json: string) {
  return primitiveCheck(type)((parseLossless(`[${json}]`) as unknown[])[0]);
}

describe('primitives (R4 §2.24.0.1)', () => {
  for (const [type, { right, wrong }] of Object.entries(cases)) {
    it(`${type} takes ${right.join(' ').slice(0, 90)}`, () => {
      expect(right.filter((text) => problemOf(type, text) !== undefined)).toEqual([]);
    });
    it(`${type} refuses ${wrong.join(' ').slice(0, 90)}`, () => {
      expect(wrong.filter((text) => problemOf(type, text) === undefined)).toEqual([]);
    });
  }

  it('limits a string to 1,048,576 characters', () => {
    expect(primitiveCheck('string')('x'.repeat(1_048_576))).toBeUndefined();
    expect(primitiveCheck('string')('x'.repeat(1_048_577))).toEqual({ code: 'too-long', diagnostics: 'must not exceed 1,048,576 characters' });
  });

  it('judges ten million characters of base64 in linear time', () => {
    const started = performance.now();
    expect(primitiveCheck('base64Binary')('QUJD'.repeat(2_500_000))).toBeUndefined();
    expect(primitiveCheck('base64Binary')(`${'QUJD'.repeat(2_500_000)}?`)).toBeDefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
