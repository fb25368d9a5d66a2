// Which sensitive categories a resource belongs to: by its security labels, by the codes anywhere in it, and by the one word that names its illness.
import { marks, type Mark } from './marks.ts';
import { actCodeLabels, atcMarks, confidentialityLabels, icd10Ranges, loincMarks, patientLabels } from './sensitive-codes.ts';
import { typeGroups } from './type-groups.ts';

type Json = Readonly<Record<string, unknown>>;
type MarkCode = (code: string) => number;

/** Definitions, catalogues and places speak of illnesses without anybody having them. */
const aboutNobody: ReadonlySet<string> = new Set(['definition', 'catalogue', 'place', 'statistics', 'subscription'].flatMap((group) => typeGroups[group]!.types));
/** Names that a local code, a service or a form gives; a test that says "negative" tells as much as it hides. */
const namesHiv = /(?:^|[^A-Za-z])(?:HIV|AIDS)(?![A-Za-z])/;

/** Gives the bits (marks.ts) of a resource's own content; those of its patient (guardMarks) come beside. Definitions and catalogues have none. */
export function marksOf(resource: Json): number {
  const type = resource['resourceType'];
  if (typeof type === 'string' && aboutNobody.has(type)) return 0;
  let bits = type === 'MolecularSequence' ? marks.genetic : 0;
  bits |= bitsBelow(resource);
  if (type === 'Patient') bits |= patientMarksOf(resource);
  // Confidentiality alone: no category says more.
  const categories = bits & ~(marks.restricted | marks.withheld);
  return categories === 0 ? bits : bits & ~marks.restricted;
}

/** Gives the bits of a Patient that hold for everything about them: famous, works here. */
export function patientMarksOf(patient: Json): number {
  const meta = patient['meta'] as Json | undefined;
  const labels = Array.isArray(meta?.['security']) ? (meta['security'] as unknown[]) : [];
  return labels.reduce<number>((bits, label) => bits | bitOf(patientLabels, String((label as Json | null)?.['code'])), 0);
}

function bitsBelow(node: Json): number {
  let bits = 0;
  for (const name in node) {
    const value = node[name];
    if (typeof value === 'object' && value !== null) {
      if (name === 'div' || name === 'identifier') continue;
      if (Array.isArray(value)) for (const each of value) bits |= typeof each === 'object' && each !== null ? bitsBelow(each as Json) : 0;
      else bits |= bitsBelow(value as Json);
    } else if (name === 'code' && typeof value === 'string') {
      const system = node['system'];
      if (typeof system === 'string') bits |= systems.get(system)?.(value) ?? 0;
    } else if ((name === 'display' || name === 'text') && typeof value === 'string' && (value.includes('HIV') || value.includes('AIDS')) && namesHiv.test(value)) bits |= marks.hiv;
  }
  return bits;
}

const remembered = new Map<string, number>();

/** ICD-10 with or without its dot, dagger or asterisk. */
function markIcd10(code: string): number {
  let bits = remembered.get(code);
  if (bits === undefined) {
    const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
    bits = icdRanges.reduce((sum, { low, high, bit }) => (plain >= low && plain.slice(0, high.length) <= high ? sum | bit : sum), 0);
    if (remembered.size < 20_000) remembered.set(code, bits);
  }
  return bits;
}

const icdRanges = icd10Ranges.map(([range, mark]) => {
  const [low, high = low] = range.replaceAll('.', '').split('-') as [string, string?];
  return { low, high, bit: marks[mark] };
});

/** ATC: the longest prefixes of the table have seven characters, the shortest five. */
function markAtc(code: string): number {
  return bitOfMark(atcMarks.get(code.slice(0, 5))) | bitOfMark(atcMarks.get(code.slice(0, 7)));
}

function bitOfMark(mark: Mark | undefined): number {
  return mark === undefined ? 0 : marks[mark];
}

function bitOf(table: Readonly<Record<string, Mark>>, code: string): number {
  return Object.hasOwn(table, code) ? marks[table[code]!] : 0;
}

const systems: ReadonlyMap<string, MarkCode> = new Map<string, MarkCode>([
  ['http://hl7.org/fhir/sid/icd-10', markIcd10],
  ['http://hl7.org/fhir/sid/icd-10-cm', markIcd10],
  ['https://sen.vn/fhir/CodeSystem/icd10-vn', markIcd10],
  ['http://loinc.org', (code) => bitOfMark(loincMarks.get(code))],
  ['http://www.whocc.no/atc', markAtc],
  ['http://terminology.hl7.org/CodeSystem/v3-ActCode', (code) => bitOf(actCodeLabels, code)],
  ['http://terminology.hl7.org/CodeSystem/v3-Confidentiality', (code) => bitOf(confidentialityLabels, code)],
]);
