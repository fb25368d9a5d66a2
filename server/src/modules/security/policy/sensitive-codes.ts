// Codes that make a resource sensitive, as data: a label is often forgotten, a code hardly ever. Edition 2026-1.
// ICD-10 (WHO; the list of QĐ 4469/QĐ-BYT has the same codes), LOINC, ATC, HL7 v3-ActCode and v3-Confidentiality. The usual tests and drugs, not all
// there are: what is not here is found by its label, or by the word HIV in its name (marks-of.ts).
import type { Mark } from './marks.ts';

/** Ranges of ICD-10: `B20-B24` holds everything from B20 to the last code that begins with B24. */
export const icd10Ranges: readonly (readonly [range: string, mark: Mark])[] = [
  ['B20-B24', 'hiv'], ['Z21', 'hiv'], ['R75', 'hiv'], ['F02.4', 'hiv'], ['O98.7', 'hiv'], ['Z11.4', 'hiv'], ['Z20.6', 'hiv'], ['Z71.7', 'hiv'],
  // Tobacco (F17) is everyday medicine and needs no closed door.
  ['F00-F09', 'mentalHealth'], ['F20-F99', 'mentalHealth'], ['X60-X84', 'mentalHealth'], ['Z91.5', 'mentalHealth'],
  ['F10-F16', 'substanceUse'], ['F18-F19', 'substanceUse'], ['Z50.2-Z50.3', 'substanceUse'], ['Z71.4-Z71.5', 'substanceUse'], ['Z72.2', 'substanceUse'], ['T40', 'substanceUse'],
  ['A50-A64', 'sexualHealth'], ['F52', 'sexualHealth'], ['F64-F66', 'sexualHealth'], ['O04-O07', 'sexualHealth'], ['Z11.3', 'sexualHealth'], ['Z20.2', 'sexualHealth'],
  ['Q90-Q99', 'genetic'], ['Z14-Z15', 'genetic'], ['Z31.5', 'genetic'],
  ['T74', 'violence'], ['X85-Y09', 'violence'], ['Z04.4-Z04.5', 'violence'], ['Z61.4-Z61.6', 'violence'],
];

const loinc: Readonly<Partial<Record<Mark, string>>> = {
  // HIV antigens, antibodies, nucleic acids; CD4 counts, which are asked for almost only there.
  hiv: '5017-9 5220-9 5221-7 5222-5 5223-3 7917-8 7918-6 7919-4 10351-5 20447-9 23876-6 24467-3 25835-0 25836-8 25841-8 25842-6 29539-4 29893-5 30361-0 31201-7 34591-8 34592-6 35437-3 43009-0 43010-8 43185-8 43599-0 44533-8 44607-0 44873-8 48551-2 49580-4 49905-3 53379-4 54086-4 56888-1 58900-2 59419-2 62469-2 69354-9 74854-1 75622-1 80387-4 86548-5',
  genetic: '48002-0 48004-6 48005-3 48018-6 51968-6 51969-4 53034-5 53037-8 55233-1 69548-6 81247-9 81252-9 81290-9',
  sexualHealth: '5292-8 5393-4 8041-6 20507-0 21613-7 22587-0 24111-7',
};

const atc: readonly (readonly [prefix: string, mark: Mark])[] = [
  ['J05AR', 'hiv'], ['J05AE', 'hiv'], ['J05AG', 'hiv'], ['J05AJ', 'hiv'], ['J05AX07', 'hiv'], ['J05AX09', 'hiv'], ['J05AX23', 'hiv'], ['J05AX29', 'hiv'], ['J05AX31', 'hiv'],
  // Of J05AF only those that are not given for hepatitis B as well.
  ['J05AF01', 'hiv'], ['J05AF02', 'hiv'], ['J05AF03', 'hiv'], ['J05AF04', 'hiv'], ['J05AF06', 'hiv'], ['J05AF09', 'hiv'],
  ['N07BB', 'substanceUse'], ['N07BC', 'substanceUse'], ['G03XB', 'sexualHealth'],
];

/** Labels of meta.security, and of the labels a consent speaks of. */
export const actCodeLabels: Readonly<Record<string, Mark>> = {
  HIV: 'hiv', PSY: 'mentalHealth', PSYTHPN: 'mentalHealth', BH: 'mentalHealth', MH: 'mentalHealth', EMOTDIS: 'mentalHealth', COGN: 'mentalHealth',
  GDIS: 'genetic', SCA: 'genetic', SICKLE: 'genetic', ETH: 'substanceUse', ETHUD: 'substanceUse', SUD: 'substanceUse', OPIOIDUD: 'substanceUse',
  SEX: 'sexualHealth', STD: 'sexualHealth', SPI: 'restricted', SDV: 'violence', VIO: 'violence', IDV: 'violence', MST: 'violence', TBOO: 'withheld',
};

/** Labels of a Patient that hold for everything about them. */
export const patientLabels: Readonly<Record<string, Mark>> = { CEL: 'vip', VIP: 'vip', EMP: 'staff' };

export const confidentialityLabels: Readonly<Record<string, Mark>> = { R: 'restricted', V: 'restricted' };

export const loincMarks: ReadonlyMap<string, Mark> = new Map(Object.entries(loinc).flatMap(([mark, codes]) => codes.split(' ').map((code) => [code, mark as Mark] as const)));

export const atcMarks: ReadonlyMap<string, Mark> = new Map(atc);
