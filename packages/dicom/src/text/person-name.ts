// Person names (DICOM PS3.5 2024e, 6.2.1): up to three ways of writing, each of up to five parts.

export interface PersonName {
  readonly alphabetic?: string;
  readonly ideographic?: string;
  readonly phonetic?: string;
}

/** Parts a value at `=`; empty ways of writing and the carets that trail are left out. */
export function personName(value: string): PersonName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=').map((group) => group.trim().replace(/\^+$/, ''));
  return {
    ...(alphabetic !== '' && { alphabetic }),
    ...(ideographic !== '' && { ideographic }),
    ...(phonetic !== '' && { phonetic }),
  };
}

export function personNameText({ alphabetic = '', ideographic = '', phonetic = '' }: PersonName): string {
  return [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '');
}

/** A group as people say it: prefix, family, middle, given, suffix, the order of Vietnamese names. */
export function spokenName(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^');
  return [prefix, family, middle, given, suffix].map((part) => part.trim()).filter((part) => part !== '').join(' ');
}
