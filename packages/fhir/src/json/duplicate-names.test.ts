import { describe, expect, it } from 'vitest';
import { hasDuplicateName } from './duplicate-names.ts';
import { parseLossless } from './lossless.ts';

const judge = (text: string): boolean => hasDuplicateName(text, parseLossless(text));

describe('R4 json.html §2.6.2: property names are unique', () => {
  it('finds a name that an object has twice, at any depth and however it is written', () => {
    expect(judge('{"a":1,"a":1}')).toBe(true);
    expect(judge('{"x":[{"b":{"c":1,"d":[],"c":{"e":1}}}]}')).toBe(true);
    expect(judge('{"a":1,"\\u0061":2}')).toBe(true);
    expect(judge('{"__proto__":1,"__proto__":2}')).toBe(true);
  });

  it('is not misled by colons and quotes inside strings, by equal names in different objects, or by kept numbers', () => {
    for (const text of [
      '{"a":"b:c","d":"\\"e\\":1,\\"e\\":2"}', '{"a":"\\\\","b":":"}', '[{"a":1.0},{"a":1e3}]', '{"a:b":1,"a:c":{"a:b":":::"}}', '"a:b"', '[]', '{"":""}', '{ "a" : [ ":" , { } ] }',
      '{"url":"http://x/y|1","ref":"urn:uuid:1"}',
    ]) expect([text, judge(text)]).toEqual([text, false]);
  });
});
