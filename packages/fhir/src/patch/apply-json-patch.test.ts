import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import { applyJsonPatch } from './apply-json-patch.ts';
import { PatchError } from './patch-error.ts';

const glucoseText =
  '{"resourceType":"Observation","id":"g1","status":"final","code":{"text":"Glucose"},"valueQuantity":{"value":7.10,"unit":"mmol/L"},"referenceRange":[{"low":{"value":3.90}},{"low":{"value":4}}]}';

/** Patches the glucose result and gives its JSON text. */
function patched(operations: unknown, text = glucoseText): string {
  return JSON.stringify(applyJsonPatch(parseLossless(text) as Resource, typeof operations === 'string' ? parseLossless(operations) : operations));
}

function failure(operations: unknown): PatchError {
  try {
    patched(operations);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
  throw new Error('The patch was applied');
}

describe('JSON Patch (RFC 6902)', () => {
  it('keeps every number as it was written', () => {
    expect(patched([{ op: 'replace', path: '/status', value: 'amended' }])).toBe(glucoseText.replace('"final"', '"amended"'));
    expect(patched([{ op: 'copy', from: '/referenceRange/0', path: '/referenceRange/-' }])).toContain('[{"low":{"value":3.90}},{"low":{"value":4}},{"low":{"value":3.90}}]');
    expect(patched([{ op: 'move', from: '/referenceRange/0', path: '/referenceRange/1' }])).toContain('[{"low":{"value":4}},{"low":{"value":3.90}}]');
    expect(patched('[{"op":"replace","path":"/valueQuantity/value","value":8.00}]')).toContain('"value":8.00');
  });

  it('adds to objects and arrays, and removes', () => {
    expect(patched([{ op: 'add', path: '/issued', value: '2024-02-29T07:30:00+07:00' }, { op: 'remove', path: '/referenceRange/0' }])).toBe(
      '{"resourceType":"Observation","id":"g1","status":"final","code":{"text":"Glucose"},"valueQuantity":{"value":7.10,"unit":"mmol/L"},"referenceRange":[{"low":{"value":4}}],"issued":"2024-02-29T07:30:00+07:00"}',
    );
    expect(patched([{ op: 'add', path: '/referenceRange/0', value: { text: 'x' } }])).toContain('[{"text":"x"},{"low"');
    expect(patched([{ op: 'replace', path: '/referenceRange/1', value: { text: 'x' } }])).toContain('3.90}},{"text":"x"}]');
    expect(patched([{ op: 'add', path: '', value: { resourceType: 'Basic' } }])).toBe('{"resourceType":"Basic"}');
  });

  it('tests by value: numbers as numbers, members in any order', () => {
    const tests = '[{"op":"test","path":"/valueQuantity","value":{"unit":"mmol/L","value":7.1}},{"op":"test","path":"/valueQuantity/value","value":71e-1},{"op":"test","path":"/referenceRange/1/low/value","value":4.0}]';
    expect(patched(tests)).toBe(glucoseText);
    expect(failure('[{"op":"test","path":"/valueQuantity/value","value":7.1000000000000000001}]')).toMatchObject({
      kind: 'inapplicable', message: 'operation 1 (test): the value is another', expression: 'Observation.valueQuantity.value',
    });
  });

  it('leaves the resource and the operations untouched', () => {
    const resource = parseLossless(glucoseText) as Resource;
    const operations = [{ op: 'add', path: '/note', value: [{ text: 'a' }] }, { op: 'add', path: '/note/-', value: { text: 'b' } }];
    applyJsonPatch(resource, operations);
    expect(JSON.stringify(resource)).toBe(glucoseText);
    expect(operations[0]?.value).toEqual([{ text: 'a' }]);
  });

  it.each([
    ['no array', {}, 'malformed', 'a JSON Patch must be an array of operations', undefined],
    ['no operation', [1], 'malformed', 'operation 1: must be an object with op and path', undefined],
    ['an unknown op', [{ op: 'merge', path: '/a' }], 'malformed', 'operation 1: op must be add, remove, replace, move, copy or test', undefined],
    ['no path', [{ op: 'remove' }], 'malformed', 'operation 1 (remove): path must be a JSON Pointer string', undefined],
    ['a path without /', [{ op: 'remove', path: 'status' }], 'malformed', 'operation 1 (remove): path must be a JSON Pointer (RFC 6901): it begins with / and writes ~ as ~0', undefined],
    ['no value', [{ op: 'add', path: '/status' }], 'malformed', 'operation 1 (add): must have a value', undefined],
    ['no from', [{ op: 'copy', path: '/status' }], 'malformed', 'operation 1 (copy): from must be a JSON Pointer string', undefined],
    ['replacing nothing', [{ op: 'replace', path: '/issued', value: 1 }], 'inapplicable', 'operation 1 (replace): there is nothing at this place', 'Observation.issued'],
    ['removing nothing', [{ op: 'remove', path: '/referenceRange/2' }], 'inapplicable', 'operation 1 (remove): there is nothing at this place', 'Observation.referenceRange[2]'],
    ['removing everything', [{ op: 'remove', path: '' }], 'inapplicable', 'operation 1 (remove): a patch cannot remove the whole resource', undefined],
    ['a place beyond the end', [{ op: 'add', path: '/referenceRange/3', value: {} }], 'inapplicable', 'operation 1 (add): the position lies beyond the end of the array (2 entries)', 'Observation.referenceRange[3]'],
    ['a position with a leading zero', [{ op: 'remove', path: '/referenceRange/01' }], 'inapplicable', 'operation 1 (remove): there is nothing at this place', 'Observation.referenceRange[01]'],
    ['a name as a position', [{ op: 'add', path: '/referenceRange/x', value: {} }], 'inapplicable', 'operation 1 (add): an array takes a position (0, 1 …) or -', 'Observation.referenceRange.x'],
    ['a way through a number', [{ op: 'add', path: '/valueQuantity/value/rawJSON', value: '1' }], 'inapplicable', 'operation 1 (add): nothing to enter there', 'Observation.valueQuantity.value'],
    ['moving into itself', [{ op: 'move', from: '/code', path: '/code/coding' }], 'inapplicable', 'operation 1 (move): an element cannot move into itself', undefined],
    ['a resource that is no object', [{ op: 'replace', path: '', value: [] }], 'inapplicable', 'operation 1: the resource must stay an object', undefined],
    ['a way through a prototype', [{ op: 'add', path: '/constructor/prototype/x', value: 1 }], 'inapplicable', 'operation 1 (add): nothing to enter there', 'Observation.constructor'],
  ])('refuses %s', (_name, operations, kind, message, expression) => {
    expect(failure(operations)).toMatchObject({ kind, message, expression });
  });

  it('never reaches a prototype', () => {
    const result = applyJsonPatch({ resourceType: 'Basic' }, JSON.parse('[{"op":"add","path":"/__proto__","value":{"polluted":true}}]'));
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(result)).toEqual(['resourceType', '__proto__']);
  });

  it('stops copies that would fill the memory', () => {
    const bomb = [{ op: 'add', path: '/x', value: ['x'.repeat(1000)] }, ...Array.from({ length: 40 }, () => ({ op: 'copy', from: '/x', path: '/x/-' }))];
    expect(failure(bomb)).toMatchObject({ kind: 'malformed', message: expect.stringContaining('must not exceed 16777216 characters') });
  });
});
