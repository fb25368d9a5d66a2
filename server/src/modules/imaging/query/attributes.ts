// Which attributes of DICOM can be asked for, and which column has each. Pure.
import { tagOf } from '@sen/dicom';
import type { Matching } from './condition.ts';

export type QueryLevel = 'patient' | 'study' | 'series' | 'instance';

export interface Attribute {
  readonly tag: number;
  readonly keyword: string;
  readonly level: QueryLevel;
  /** An expression over the tables s (study), r (series) and i (instance). */
  readonly sql: string;
  readonly matching: Matching;
  /** Names are looked for in their folded words. */
  readonly words?: string;
}

type Row = readonly [keyword: string, sql: string, matching: Matching, words?: string];

const ofStudy = (what: string) => `(SELECT ${what} FROM imaging.series x WHERE x.study_uid = s.uid)`;

const rows: Readonly<Record<QueryLevel, readonly Row[]>> = {
  patient: [
    ['PatientName', 's.patient_name', 'name', 's.name_words'], ['PatientID', 's.patient_id', 'text'], ['IssuerOfPatientID', 's.issuer', 'text'],
    ['PatientBirthDate', 's.birth_date', 'range'], ['PatientSex', 's.sex', 'text'],
  ],
  study: [
    ['StudyInstanceUID', 's.uid', 'uid'], ['StudyDate', 's.study_date', 'range'], ['StudyTime', 's.study_time', 'range'], ['AccessionNumber', 's.accession', 'text'], ['StudyID', 's.study_id', 'text'],
    ['StudyDescription', 's.description', 'text'], ['ReferringPhysicianName', 's.referring_name', 'name', 's.referring_words'],
    ['ModalitiesInStudy', ofStudy('array_agg(DISTINCT x.modality) FILTER (WHERE x.modality IS NOT NULL)'), 'list'],
    ['NumberOfStudyRelatedSeries', ofStudy('count(*)::int'), 'number'], ['NumberOfStudyRelatedInstances', 's.instances', 'number'],
  ],
  series: [
    ['SeriesInstanceUID', 'r.uid', 'uid'], ['Modality', 'r.modality', 'text'], ['SeriesNumber', 'r.number', 'number'], ['SeriesDescription', 'r.description', 'text'], ['BodyPartExamined', 'r.body_part', 'text'],
    ['ProtocolName', 'r.protocol', 'text'], ['StationName', 'r.station', 'text'], ['SeriesDate', 'r.series_date', 'range'], ['SeriesTime', 'r.series_time', 'range'], ['Laterality', 'r.laterality', 'text'],
    ['NumberOfSeriesRelatedInstances', 'r.instances', 'number'],
  ],
  instance: [
    ['SOPInstanceUID', 'i.uid', 'uid'], ['SOPClassUID', 'i.sop_class', 'uid'], ['InstanceNumber', 'i.number', 'number'], ['Rows', 'i.rows', 'number'], ['Columns', 'i.columns', 'number'],
    ['NumberOfFrames', 'nullif(i.frames, 0)', 'number'], ['AvailableTransferSyntaxUID', 'i.transfer_syntax', 'uid'],
  ],
};

/** Attributes by tag. */
export const attributes: ReadonlyMap<number, Attribute> = new Map(Object.entries(rows).flatMap(([level, all]) => all.map(([keyword, sql, matching, words]): [number, Attribute] => {
  const tag = tagOf(keyword)!;
  return [tag, { tag, keyword, level: level as QueryLevel, sql, matching, ...(words !== undefined && { words }) }];
})));
