// What a scanner that types (a keyboard wedge) hands over, made whole again.

const endings = /[\r\n\t\u0000-\u001f\u007f]+/g;

/** Without what the scanner adds (AIM identifier, CR, LF, Tab, control characters), with composed letters (NFC). */
export function cleanScan(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/^\][A-Za-z]\d/, '').replace(endings, ' ').normalize('NFC').replace(/ +/g, ' ').trim();
}

const telexVowels: Readonly<Record<string, string>> = { aw: 'ă', aa: 'â', ee: 'ê', oo: 'ô', ow: 'ơ', uw: 'ư', dd: 'đ' };
const telexTones: Readonly<Record<string, string>> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' };
const vniVowels: Readonly<Record<string, readonly [string, string]>> = { 6: ['aeo', 'âêô'], 7: ['ou', 'ơư'], 8: ['a', 'ă'], 9: ['d', 'đ'] };
const vniTones: Readonly<Record<string, string>> = { 1: '\u0301', 2: '\u0300', 3: '\u0309', 4: '\u0303', 5: '\u0323' };

/** `Nguyeenx Thij Hoaf` or `Nguye6n4 Thi5 Hoa2` as people mean it: keys of an input method that reached us as they were typed. */
export function composeTyped(text: string): string {
  return text.split(' ').map((word) => composeVni(word) ?? composeTelex(word) ?? word).join(' ');
}

/** Tells whether a name came through without any of its marks, as some scanners send it. */
export function lacksMarks(name: string): boolean {
  return /^[\x20-\x7e]+$/.test(name) && name.trim().split(/\s+/).length >= 2;
}

function composeVni(word: string): string | undefined {
  if (!/^[A-Za-zĂÂÊÔƠƯĐăâêôơưđ]+(?:[1-9][A-Za-z]*)+$/.test(word)) return undefined;
  let made = '';
  let tone = '';
  for (const letter of word) {
    if (letter in vniTones) tone = vniTones[letter] ?? '';
    else if (letter in vniVowels) made = turnLast(made, vniVowels[letter]!);
    else made += letter;
  }
  return putTone(made, tone);
}

/** The last letter of those that the key changes; `uo7` changes both. */
function turnLast(made: string, [plain, marked]: readonly [string, string]): string {
  const at = [...made.toLowerCase()].findLastIndex((letter) => plain.includes(letter));
  if (at < 0) return made;
  const put = (text: string, i: number): string => text.slice(0, i) + like(text.charAt(i), marked.charAt(plain.indexOf(text.charAt(i).toLowerCase()))) + text.slice(i + 1);
  const first = at > 0 && /uo/i.test(made.slice(at - 1, at + 1)) ? put(made, at - 1) : made;
  return put(first, at);
}

function composeTelex(word: string): string | undefined {
  if (!/^[a-zA-Z]{2,}$/.test(word)) return undefined;
  const tone = /[aeiouyw].*[sfrxj]$/i.test(word) ? (telexTones[word.at(-1)?.toLowerCase() ?? ''] ?? '') : '';
  const body = tone === '' ? word : word.slice(0, -1);
  const made = body.replace(/uow/gi, (pair) => like(pair.charAt(0), 'ư') + like(pair.charAt(1), 'ơ'))
    .replace(/aw|aa|ee|oo|ow|uw|dd/gi, (pair) => like(pair.charAt(0), telexVowels[pair.toLowerCase()] ?? pair));
  return made === word && tone === '' ? undefined : putTone(made, tone);
}

/** The place of the tone in the old style, as cards print it: `Hòa`, `Thủy`; on the marked vowel where there is one. */
function putTone(word: string, tone: string): string {
  if (tone === '') return word;
  const at = tonePlace(word.toLowerCase());
  return at < 0 ? word : `${word.slice(0, at + 1)}${tone}${word.slice(at + 1)}`.normalize('NFC');
}

function tonePlace(word: string): number {
  const marked = Math.max(...[...'ăâêôơư'].map((letter) => word.lastIndexOf(letter)));
  if (marked >= 0) return marked;
  const from = /^(?:qu|gi(?=[aeiouy]))/.test(word) ? 2 : 0;
  const vowels = /[aeiouy]+/.exec(word.slice(from));
  if (vowels === null) return -1;
  const start = from + vowels.index;
  const length = vowels[0].length;
  const closed = start + length < word.length;
  return start + (length === 1 ? 0 : closed || length === 3 ? 1 : 0);
}

function like(shown: string, letter: string): string {
  return shown === shown.toUpperCase() && shown !== shown.toLowerCase() ? letter.toUpperCase() : letter;
}
