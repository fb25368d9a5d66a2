import { describe, expect, it } from 'vitest';
import { buildDataset, changeDataset, decodeText, explicitLittleEndian, guessOf, guessText, nameKeys, nameKeysOf, personName, readDataset, spokenName, tagOf, textOf, toUnicode, writeDataset } from '../index.ts';

const name = { multiple: true, name: true };
const bytes = (text: string) => Uint8Array.from([...text.replaceAll('␛', '\x1b')].map((letter) => letter.charCodeAt(0)));

describe('character sets (PS3.3 C.12.1.1.2, PS3.5 Annexes H to K)', () => {
  it.each([
    ['Latin 1', 'ISO_IR 100', 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
    ['Latin 2', 'ISO_IR 101', 'Wa\xb3\xeasa', 'Wałęsa'],
    ['Latin 9', 'ISO_IR 203', '\xa4\xbd', '€œ'],
    ['Greek', 'ISO_IR 126', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2', 'Διονυσιος'],
    ['Cyrillic', 'ISO_IR 144', '\xbb\xee\xda', 'Люк'],
    ['Arabic', 'ISO_IR 127', '\xe2\xc8\xc7\xe6\xea', 'قباني'],
    ['Hebrew', 'ISO_IR 138', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4', 'שרון^דבורה'],
    ['Turkish', 'ISO_IR 148', '\xd0\xdd\xde', 'ĞİŞ'],
    ['Thai', 'ISO_IR 166', '\xb9\xd2\xc2', 'นาย'],
    ['UTF-8', 'ISO_IR 192', 'Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1=', 'Wang^XiaoDong=王^小東='],
    ['GB 18030', 'GB18030', 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=', 'Wang^XiaoDong=王^小东='],
    ['GBK', 'GBK', '\xcd\xf5^\xd0\xa1\xb6\xab', '王^小东'],
    ['Japanese, three ways (H.3.1)', '\\ISO 2022 IR 87', 'Yamada^Tarou=␛$B;3ED␛(B^␛$BB@O:␛(B=␛$B$d$^$@␛(B^␛$B$?$m$&␛(B', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['Japanese with half-width letters (H.3.2)', 'ISO 2022 IR 13\\ISO 2022 IR 87', '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=␛$B;3ED␛(J^␛$BB@O:␛(J', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎'],
    ['Korean (I.2)', '\\ISO 2022 IR 149', 'Hong^Gildong=␛$)C\xfb\xf3^␛$)C\xd1\xce\xd4\xd7=␛$)C\xc8\xab^␛$)C\xb1\xe6\xb5\xbf', 'Hong^Gildong=洪^吉洞=홍^길동'],
    ['Korean without its escapes', '\\ISO 2022 IR 149', '\xc8\xab^\xb1\xe6\xb5\xbf', '홍^길동'],
    ['Chinese (K.2)', '\\ISO 2022 IR 58', 'Zhang^XiaoDong=␛$)A\xd5\xc5^␛$)A\xd0\xa1\xb6\xab=', 'Zhang^XiaoDong=张^小东='],
    ['two Western sets', 'ISO 2022 IR 100\\ISO 2022 IR 126', '\xe9^␛-F\xc4\xe9', 'é^Δι'],
    ['spelt otherwise', 'ISO-IR 100', '\xe9', 'é'],
  ])('reads %s', (_, charset, raw, text) => {
    expect(decodeText(bytes(raw), charset, name)).toBe(text);
  });

  it('parts values where a backslash is one, and not where it is half a letter', () => {
    const value = bytes('␛$B!@␛(B\\B');
    const { dataset } = readDataset(writeDataset({ ...buildDataset({ SpecificCharacterSet: ['', 'ISO 2022 IR 87'] }), charset: '' }, explicitLittleEndian), explicitLittleEndian);
    const withName = { ...dataset, elements: new Map(dataset.elements).set(0x00081080, { tag: 0x00081080, vr: 'LO' as const, offset: 0, length: value.length, undefinedLength: false, bytes: value, items: undefined, fragments: undefined }) };
    expect(textOf(withName, 0x00081080)).toBe('＼');
  });
});

describe('person names (PS3.5 6.2.1)', () => {
  it('have groups and parts', () => {
    expect(personName('Nguyễn^Văn An^^^=阮^文安')).toEqual({ alphabetic: 'Nguyễn^Văn An', ideographic: '阮^文安' });
    expect(spokenName('Nguyễn^An^Văn^BS^')).toBe('BS Nguyễn Văn An');
  });

  it('are found with and without marks, in any order', () => {
    expect(nameKeys('Đỗ^Hoà Bình')).toEqual(['binh', 'do', 'hoa']);
    expect(nameKeys('BINH, Hòa  đỗ')).toEqual(nameKeys('Đỗ^Hoà Bình'));
  });
});

describe('Vietnamese text under a wrong name', () => {
  it.each([
    ['NguyÔn^V¨n An', 'tcvn3', 'Nguyễn^Văn An'],
    ['TrÇn ThÞ BÐ', 'tcvn3', 'Trần Thị Bé'],
    ['NGUYÔN^V¡N^HïNG', 'tcvn3', 'NGUYỄN^VĂN^HÙNG'],
    ['Chôp CT sä n·o', 'tcvn3', 'Chụp CT sọ não'],
    ['Nguyeãn Vaên An', 'vni', 'Nguyễn Văn An'],
    ['TRAÀN THÒ BEÙ', 'vni', 'TRẦN THỊ BÉ'],
    ['Ñoã Höõu Ñöùc', 'vni', 'Đỗ Hữu Đức'],
    ['Nguy\xe1\xbb\x85n', 'utf-8', 'Nguyễn'],
    ['Nguy\xea\xden', 'windows-1258', 'Nguyễn'],
  ])('is read: %s', (raw, encoding, text) => {
    const guess = guessText(bytes(raw), 'ISO_IR 100', name);
    expect(guess).toMatchObject({ encoding, text });
    expect(guess.confidence).toBeGreaterThan(0.7);
  });

  it.each(['André', 'Müller^Jürgen', 'José García', 'Renée Lévêque', 'Lê Hòa', 'Hà', 'Võ Thành', 'Françoise'])('is not read into %s', (text) => {
    expect(guessText(bytes(text), 'ISO_IR 100', name)).toMatchObject({ encoding: 'declared', text });
  });

  it('finds people by what was meant as well as by what stands there', () => {
    const raw = bytes('NguyÔn^V¨n An');
    const pure = buildDataset({ PatientName: 'x' }, 'ISO_IR 100');
    const dataset = { ...pure, elements: new Map(pure.elements).set(0x00100010, { ...pure.elements.get(0x00100010)!, bytes: raw, length: raw.length }) };
    expect(guessOf(dataset, 0x00100010)).toMatchObject({ text: 'Nguyễn^Văn An', encoding: 'tcvn3' });
    expect(nameKeysOf(dataset, 0x00100010)).toEqual(expect.arrayContaining(['nguyen', 'van', 'an', 'nguyon']));
    expect(textOf(dataset, 0x00100010)).toBe('NguyÔn^V¨n An');
    expect(nameKeysOf(dataset, 0x00100020)).toEqual([]);
  });

  it('is left alone where the set that was declared is right', () => {
    expect(guessText(new TextEncoder().encode('Nguyễn'), 'ISO_IR 192', name)).toEqual({ text: 'Nguyễn', encoding: 'declared', confidence: 1 });
  });
});

describe('text we write', () => {
  it('loses the marks that the other side cannot read', () => {
    expect(textOf(buildDataset({ PatientName: 'Đỗ^Hữu Đức' }, 'ISO_IR 100'), tagOf('PatientName')!)).toBe('Do^Huu Duc');
    expect(textOf(buildDataset({ PatientName: 'Hà^José' }, 'ISO_IR 100'), tagOf('PatientName')!)).toBe('Hà^José');
  });

  it('keeps the set of a data set while it can, and goes over to UTF-8 when it cannot', () => {
    const western = buildDataset({ PatientName: 'Müller^Jürgen', PatientID: 'A', ReferencedStudySequence: [{ StudyDescription: 'Schädel' }] }, 'ISO_IR 100');
    expect(changeDataset(western, { PatientID: 'B' }).charset).toBe('ISO_IR 100');
    const changed = changeDataset(western, { PatientID: undefined, InstitutionName: 'Bệnh viện Sen' });
    expect(textOf(changed, 0x00080005)).toBe('ISO_IR 192');
    expect(textOf(changed, tagOf('PatientName')!)).toBe('Müller^Jürgen');
    expect(changed.elements.has(tagOf('PatientID')!)).toBe(false);
    const again = readDataset(writeDataset(toUnicode(western), explicitLittleEndian), explicitLittleEndian).dataset;
    expect(textOf(again.elements.get(tagOf('ReferencedStudySequence')!)!.items![0]!, tagOf('StudyDescription')!)).toBe('Schädel');
  });
});
