// Value representations (DICOM PS3.5 2024e, 6.2): how long their length field is, how they are padded, what their bytes are.

export type Vr =
  | 'AE' | 'AS' | 'AT' | 'CS' | 'DA' | 'DS' | 'DT' | 'FD' | 'FL' | 'IS' | 'LO' | 'LT' | 'OB' | 'OD' | 'OF' | 'OL' | 'OV' | 'OW' | 'PN'
  | 'SH' | 'SL' | 'SQ' | 'SS' | 'ST' | 'SV' | 'TM' | 'UC' | 'UI' | 'UL' | 'UN' | 'UR' | 'US' | 'UT' | 'UV';

/** Bytes of a number, which turn round in big endian; 1 where order says nothing. AT is two numbers of two bytes. */
const numberBytes: Readonly<Partial<Record<Vr, 2 | 4 | 8>>> = {
  AT: 2, US: 2, SS: 2, OW: 2, UL: 4, SL: 4, FL: 4, OF: 4, OL: 4, FD: 8, OD: 8, SV: 8, UV: 8, OV: 8,
};

const vrs: readonly Vr[] = [
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'PN',
  'SH', 'SL', 'SQ', 'SS', 'ST', 'SV', 'TM', 'UC', 'UI', 'UL', 'UN', 'UR', 'US', 'UT', 'UV',
];

/** A VR by its two letters as they stand in a file, first letter in the high byte. */
const byCode: readonly (Vr | undefined)[] = vrs.reduce<(Vr | undefined)[]>((table, vr) => {
  table[codeOf(vr)] = vr;
  return table;
}, Array.from({ length: 0x5b5b }));

const longForm = new Set<Vr>(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const binary = new Set<Vr>(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
/** Text whose letters the Specific Character Set names (PS3.5 6.1.2.2). */
const named = new Set<Vr>(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** One value always: a backslash in it is a letter, and spaces before it mean something (PS3.5 6.2). */
const single = new Set<Vr>(['LT', 'ST', 'UT', 'UR']);
const text = new Set<Vr>(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'LT', 'PN', 'SH', 'ST', 'TM', 'UC', 'UI', 'UR', 'UT']);

export function codeOf(vr: Vr): number {
  return (vr.charCodeAt(0) << 8) | vr.charCodeAt(1);
}

/** The VR that two bytes spell, when the standard knows it. */
export function vrOf(code: number): Vr | undefined {
  return byCode[code];
}

export function isVr(word: string): word is Vr {
  return word.length === 2 && byCode[codeOf(word as Vr)] === word;
}

/** Explicit length in 4 bytes after two reserved ones (PS3.5 7.1.2), instead of 2 bytes. */
export function hasLongForm(vr: Vr): boolean {
  return longForm.has(vr);
}

export function isBinary(vr: Vr): boolean {
  return binary.has(vr);
}

export function followsCharacterSet(vr: Vr): boolean {
  return named.has(vr);
}

export function isSingle(vr: Vr): boolean {
  return single.has(vr);
}

export function unitOf(vr: Vr): 1 | 2 | 4 | 8 {
  return numberBytes[vr] ?? 1;
}

/** UI and everything that is not text end in NULL, text in a space (PS3.5 6.2). */
export function paddingOf(vr: Vr): 0 | 0x20 {
  return vr !== 'UI' && text.has(vr) ? 0x20 : 0;
}
