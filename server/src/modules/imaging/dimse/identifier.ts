// The identifier of a query or retrieval: what it asks for, and the answer in its likeness (DICOM PS3.4 2024e, C.4.1.1.3). Pure.
import { buildDataset, dataElement, readDataset, tagOf, textOf, textsOf, writeDataset, DicomError, type Dataset, type Values } from '@sen/dicom';
import { DicomStatus, sopClass, status } from '@sen/dicom/net';
import { attributes, type Attribute, type QueryLevel } from '../query/attributes.ts';
import { isAtOrAbove, type MatchRow } from '../query/find-matches.ts';

export interface Identifier {
  readonly level: QueryLevel;
  readonly levelText: string;
  readonly dataset: Dataset;
  readonly keys: readonly { readonly attribute: Attribute; readonly values: readonly string[] }[];
  readonly wanted: readonly Attribute[];
  /** Keys with a value that are not looked at (status FF01). */
  readonly hasUnsupported: boolean;
}

const tag = (keyword: string) => tagOf(keyword)!;
const t = { level: tag('QueryRetrieveLevel'), charset: tag('SpecificCharacterSet'), retrieveAe: tag('RetrieveAETitle'), availability: tag('InstanceAvailability'), timezone: tag('TimezoneOffsetFromUTC') };
/** What every answer has, and what says how to read it: no keys. */
const ours = new Set([t.level, t.charset, t.retrieveAe, t.availability, t.timezone]);
const levels: Readonly<Record<string, QueryLevel>> = { PATIENT: 'patient', STUDY: 'study', SERIES: 'series', IMAGE: 'instance' };
const studyRoot = new Set<string>([sopClass.studyFind, sopClass.studyMove, sopClass.studyGet]);
const patientStudyOnly = new Set<string>([sopClass.patientStudyFind, sopClass.patientStudyMove, sopClass.patientStudyGet]);

/** Reads it; throws `DicomStatus` A900 for what does not fit its SOP class. */
export function identifierOf(bytes: Uint8Array, transferSyntax: string, model: string): Identifier {
  const dataset = parsed(bytes, transferSyntax);
  const levelText = textOf(dataset, t.level) ?? '';
  const level = levels[levelText];
  if (level === undefined) throw new DicomStatus(status.wrongClass, 'Query/Retrieve Level missing or unknown');
  if (level === 'patient' && studyRoot.has(model)) throw new DicomStatus(status.wrongClass, 'no PATIENT level in Study Root');
  if ((level === 'series' || level === 'instance') && patientStudyOnly.has(model)) throw new DicomStatus(status.wrongClass, 'PATIENT and STUDY only');
  const asked = [...dataset.elements.keys()].filter((one) => !ours.has(one));
  const known = asked.flatMap((one) => attributes.get(one) ?? []).filter((attribute) => isAtOrAbove(attribute, level));
  return {
    level, levelText, dataset, wanted: known,
    keys: known.map((attribute) => ({ attribute, values: valuesOf(dataset, attribute.tag) })),
    hasUnsupported: asked.some((one) => !known.some((attribute) => attribute.tag === one) && !isOpen(dataset, one)),
  };
}

function parsed(bytes: Uint8Array, transferSyntax: string): Dataset {
  try {
    return readDataset(bytes, transferSyntax).dataset;
  } catch (error) {
    if (error instanceof DicomError) throw new DicomStatus(status.cannotUnderstand, 'identifier cannot be read');
    throw error;
  }
}

function valuesOf(dataset: Dataset, one: number): readonly string[] {
  return textsOf(dataset, one).filter((value) => value !== '');
}

function isOpen(dataset: Dataset, one: number): boolean {
  const { bytes, items } = dataset.elements.get(one)!;
  return items === undefined ? (bytes?.length ?? 0) === 0 : items.every(({ elements }) => [...elements.values()].every((element) => (element.bytes?.length ?? 0) === 0 && (element.items?.length ?? 0) === 0));
}

/** A match as the asker asked for it: what we have of it, the rest empty. */
export function answerTo(identifier: Identifier, row: MatchRow, aeTitle: string, transferSyntax: string): Uint8Array {
  const empty = [...identifier.dataset.elements.keys()].filter((one) => !ours.has(one)).flatMap((one): [string, null][] => (dataElement(one) === undefined ? [] : [[dataElement(one)!.keyword, null]]));
  const values: Values = {
    ...Object.fromEntries(empty), ...Object.fromEntries(identifier.wanted.map(({ keyword }) => [keyword, row[keyword] ?? null])),
    QueryRetrieveLevel: identifier.levelText, RetrieveAETitle: aeTitle, ...(identifier.dataset.elements.has(t.availability) && { InstanceAvailability: 'ONLINE' }),
  };
  return writeDataset(buildDataset(values, charsetFor(identifier.dataset)), transferSyntax);
}

/** Sets of one byte that we can write; letters that they have not lose their marks. */
const narrow = new Set(['ISO_IR 13', 'ISO_IR 100', 'ISO_IR 101', 'ISO_IR 109', 'ISO_IR 110', 'ISO_IR 126', 'ISO_IR 127', 'ISO_IR 138', 'ISO_IR 144', 'ISO_IR 148', 'ISO_IR 166', 'ISO_IR 203']);

/** That of the request; who names none may not know any: plain letters. */
function charsetFor(dataset: Dataset): string {
  const asked = textsOf(dataset, t.charset).filter((value) => value !== '');
  if (asked.includes('ISO_IR 192')) return 'ISO_IR 192';
  return asked.length === 1 && narrow.has(asked[0]!) ? asked[0]! : '';
}
