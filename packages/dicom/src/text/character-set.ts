// What Specific Character Set (0008,0005) may say: DICOM PS3.3 2024e, C.12.1.1.2, and how people spell it.

/** A coded character set that ISO 2022 brings into the lower (G0) or the upper (G1) half. */
export type CodeElement =
  | { readonly half: 'G0' | 'G1'; readonly kind: 'ascii' | 'latin1' | 'jis-roman' | 'katakana' }
  | { readonly half: 'G1'; readonly kind: 'single'; readonly label: string }
  | { readonly half: 'G0' | 'G1'; readonly kind: 'pairs'; readonly label: 'euc-jp' | 'euc-kr' | 'gbk'; readonly prefix?: number };

export interface CharacterSet {
  /** The whole value at once, with an encoding that knows no escapes. */
  readonly whole: 'utf-8' | 'gb18030' | 'gbk' | undefined;
  /** How a value begins, and begins again after a delimiter. */
  readonly g0: CodeElement;
  readonly g1: CodeElement | undefined;
  /** Upper half of those that want an escape before they are used, for files that forget it. */
  readonly fallback: CodeElement | undefined;
  /** Nothing, or nothing we know, was declared: bytes of the upper half mean nothing by right. */
  readonly undeclared: boolean;
}

const ascii: CodeElement = { half: 'G0', kind: 'ascii' };
const roman: CodeElement = { half: 'G0', kind: 'jis-roman' };
const single = (label: string): CodeElement => ({ half: 'G1', kind: 'single', label });

/** By number of the ISO register (`IR 100`), the escape that brings it in, and what it is. */
const registered: Readonly<Record<string, { readonly escapes: readonly string[]; readonly elements: readonly CodeElement[] }>> = {
  6: { escapes: ['(B'], elements: [ascii] },
  100: { escapes: ['-A'], elements: [{ half: 'G1', kind: 'latin1' }] },
  101: { escapes: ['-B'], elements: [single('iso-8859-2')] },
  109: { escapes: ['-C'], elements: [single('iso-8859-3')] },
  110: { escapes: ['-D'], elements: [single('iso-8859-4')] },
  144: { escapes: ['-L'], elements: [single('iso-8859-5')] },
  127: { escapes: ['-G'], elements: [single('iso-8859-6')] },
  126: { escapes: ['-F'], elements: [single('iso-8859-7')] },
  138: { escapes: ['-H'], elements: [single('iso-8859-8')] },
  148: { escapes: ['-M'], elements: [single('windows-1254')] },
  203: { escapes: ['-b'], elements: [single('iso-8859-15')] },
  166: { escapes: ['-T'], elements: [single('windows-874')] },
  13: { escapes: [')I', '(J'], elements: [{ half: 'G1', kind: 'katakana' }, roman] },
  87: { escapes: ['$B'], elements: [{ half: 'G0', kind: 'pairs', label: 'euc-jp' }] },
  159: { escapes: ['$(D'], elements: [{ half: 'G0', kind: 'pairs', label: 'euc-jp', prefix: 0x8f }] },
  149: { escapes: ['$)C'], elements: [{ half: 'G1', kind: 'pairs', label: 'euc-kr' }] },
  58: { escapes: ['$)A'], elements: [{ half: 'G1', kind: 'pairs', label: 'gbk' }] },
};

/** What an escape sequence brings in, by the bytes after ESC. JIS C 6226-1978 (`$@`) is read as its successor. */
export const byEscape: ReadonlyMap<string, CodeElement> = new Map([
  ...Object.values(registered).flatMap(({ escapes, elements }) => escapes.map((escape, at): [string, CodeElement] => [escape, elements[at]!])),
  ['$@', { half: 'G0', kind: 'pairs', label: 'euc-jp' }],
]);

const seen = new Map<string, CharacterSet>();
/** Declared by whoever sends a file: few are kept. */
const manySeen = 256;

/** Reads the value of (0008,0005) as it stands in the file, multiple values and their padding included. */
export function characterSet(declared: string): CharacterSet {
  const before = seen.get(declared);
  if (before !== undefined) return before;
  const made = readTerms(declared.split('\\').map((term) => normal(term)));
  if (seen.size < manySeen) seen.set(declared, made);
  return made;
}

function readTerms(terms: readonly string[]): CharacterSet {
  const first = terms[0] ?? '';
  const whole = first === '192' ? 'utf-8' : first === 'GB18030' ? 'gb18030' : first === 'GBK' ? 'gbk' : undefined;
  const elements = registered[first]?.elements ?? [];
  const g1 = elements.find(({ half }) => half === 'G1');
  const fallback = terms.slice(1).flatMap((term) => registered[term]?.elements ?? []).find(({ half }) => half === 'G1');
  // Korean and Chinese stand alone in careless files: `ISO 2022 IR 149` without the empty first value.
  return { whole, g0: elements.find((element) => element.kind === 'jis-roman') ?? ascii, g1, fallback, undeclared: whole === undefined && g1 === undefined && fallback === undefined };
}

/** `ISO_IR 100`, `ISO 2022 IR 100`, `ISO-IR 100`, `iso8859-1`, `UTF-8` …: the number that is meant. */
function normal(term: string): string {
  const plain = term.trim().toUpperCase().replace(/[\s_-]+/g, ' ');
  const number = /^ISO (?:2022 )?IR ?(\d+)$/.exec(plain)?.[1];
  if (number !== undefined) return number;
  return { 'UTF 8': '192', UTF8: '192', 'ISO 8859 1': '100', 'ISO8859 1': '100', LATIN1: '100', 'GB 18030': 'GB18030', GB2312: 'GBK', 'ISO 646': '6', ASCII: '6' }[plain] ?? plain;
}
