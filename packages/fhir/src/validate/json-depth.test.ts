import { describe, expect, it } from 'vitest';
import { jsonDepthExceeds } from './json-depth.ts';

describe('the nesting of a JSON text', () => {
  it('counts arrays and objects', () => {
    expect(jsonDepthExceeds('{"a":[{"b":1}],"c":[[1]]}', 3)).toBe(false);
    expect(jsonDepthExceeds('{"a":[{"b":1}],"c":[[1]]}', 2)).toBe(true);
    expect(jsonDepthExceeds('7', 0)).toBe(false);
  });

  it('does not count brackets in strings, whatever is escaped', () => {
    expect(jsonDepthExceeds('["[[[", "\\"[[[", "\\\\\\"[[[", "\\\\"]', 1)).toBe(false);
    expect(jsonDepthExceeds('["\\\\",[1]]', 1)).toBe(true);
  });

  it('ends on any text', () => {
    expect(jsonDepthExceeds('["never closed [[[', 1)).toBe(false);
    expect(jsonDepthExceeds(']]]]', 1)).toBe(false);
    expect(jsonDepthExceeds('['.repeat(5_000_000), 100)).toBe(true);
  });
});
