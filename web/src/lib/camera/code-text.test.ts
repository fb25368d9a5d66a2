import { describe, expect, it } from 'vitest';
import { mendText, textOfBytes } from './code-text.ts';

const card = '001168012345|012345678|Trần Thị Lan|14031968|Nữ|Số 5 ngõ 12, Phường Bạch Mai, Hà Nội|25052021';
const bytes = new TextEncoder().encode(card);

describe('the bytes of a code', () => {
  it('are read as UTF-8, and as ISO 8859-1 where they cannot be', () => {
    expect(textOfBytes(bytes)).toBe(card);
    expect(textOfBytes(Uint8Array.of(0x4e, 0xe0, 0x6e))).toBe('Nàn');
  });
});

describe('the text of a reader of the browser', () => {
  it.each([
    ['right', card, card],
    ['taken for ISO 8859-1', [...bytes].map((byte) => String.fromCharCode(byte)).join(''), card],
    ['taken for windows-1252', new TextDecoder('windows-1252').decode(bytes), card],
    ['without any mark', 'SEN:V:8f2', 'SEN:V:8f2'],
    ['truly ISO 8859-1', 'Ngà', 'Ngà'],
    ['with letters lost', 'Tr\uFFFDn Thị Lan', undefined],
  ])('%s', (_how, text, read) => {
    expect(mendText(text)).toBe(read);
  });
});
