import { describe, expect, it } from 'vitest';
import { placeOfJsonError } from './json-error.ts';

function told(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return placeOfJsonError(text, (error as Error).message);
  }
  return 'valid';
}

describe('where JSON is wrong', () => {
  it('is told by line and column, wherever it stands', () => {
    expect(told('{"a":x}')).toBe("Unexpected token 'x' at line 1, column 6 (position 5).");
    expect(told('{"a":1,}')).toBe('Expected double-quoted property name at line 1, column 8 (position 7).');
    expect(told('{\n "family": "Nguyễn",\n "given": Lan\n}')).toBe("Unexpected token 'L' at line 3, column 11 (position 33).");
    expect(told('')).toBe('The JSON ends too early, at line 1, column 1 (position 0).');
    expect(told('<Patient/>')).toBe("Unexpected token '<' at line 1, column 1 (position 0).");
  });

  it('never repeats the text, which may be about a patient', () => {
    expect(told('{"family":"Nguyễn Thị Bí Mật" "given":[]}')).not.toContain('Nguyễn');
    expect(told('{"family": Nguyễn Thị Bí Mật}')).toBe("Unexpected token 'N' at line 1, column 12 (position 11).");
  });
});
