// What is kept of an instance besides its bytes: from its header. Pure.
import {
  bytesOf, guessText, itemsOf, nameKeys, numberOf, tagOf, textOf, textsOf, uintOf, type Dataset, type Header,
} from '@sen/dicom';

export interface StudyFacts {
  readonly uid: string;
  readonly patientId: string | undefined;
  readonly issuer: string | undefined;
  readonly patientName: string | undefined;
  readonly nameWords: string;
  readonly birthDate: string | undefined;
  readonly sex: string | undefined;
  readonly accession: string | undefined;
  readonly studyId: string | undefined;
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly description: string | undefined;
  readonly referringName: string | undefined;
  readonly referringWords: string;
}

export interface SeriesFacts {
  readonly uid: string;
  readonly modality: string | undefined;
  readonly number: number | undefined;
  readonly description: string | undefined;
  readonly bodyPart: string | undefined;
  readonly protocol: string | undefined;
  readonly station: string | undefined;
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly laterality: string | undefined;
  readonly performedProcedure: string | undefined;
}

export interface InstanceFacts {
  readonly uid: string;
  readonly sopClass: string;
  readonly number: number | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
}

export interface Facts {
  readonly study: StudyFacts;
  readonly series: SeriesFacts;
  readonly instance: InstanceFacts;
}

/** Why an instance cannot be filed: it does not say what it is, or says something else than who sent it. */
export type Unfiled = 'imaging.uid-missing' | 'imaging.uid-wrong' | 'imaging.uid-differs';

const uidForm = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+$/;
const tag = (keyword: string) => tagOf(keyword)!;
const t = {
  sopClass: tag('SOPClassUID'), sopInstance: tag('SOPInstanceUID'), study: tag('StudyInstanceUID'), series: tag('SeriesInstanceUID'),
  patientId: tag('PatientID'), issuer: tag('IssuerOfPatientID'), patientName: tag('PatientName'), birthDate: tag('PatientBirthDate'), sex: tag('PatientSex'),
  accession: tag('AccessionNumber'), studyId: tag('StudyID'), studyDate: tag('StudyDate'), studyTime: tag('StudyTime'), studyDescription: tag('StudyDescription'),
  referring: tag('ReferringPhysicianName'), modality: tag('Modality'), seriesNumber: tag('SeriesNumber'), seriesDescription: tag('SeriesDescription'),
  bodyPart: tag('BodyPartExamined'), protocol: tag('ProtocolName'), station: tag('StationName'), seriesDate: tag('SeriesDate'), seriesTime: tag('SeriesTime'),
  laterality: tag('Laterality'), performed: tag('ReferencedPerformedProcedureStepSequence'), referencedInstance: tag('ReferencedSOPInstanceUID'),
  instanceNumber: tag('InstanceNumber'), rows: tag('Rows'), columns: tag('Columns'),
};

/** Reads them. `sent` is what the sender said of it: it must agree (DICOM PS3.4 2024e, B.2.3). */
export function factsOf({ dataset }: Header, sent: { readonly sopClass?: string; readonly sopInstance?: string }): Facts | Unfiled {
  const [sopClass, uid, study, series] = [t.sopClass, t.sopInstance, t.study, t.series].map((name) => textOf(dataset, name));
  if (sopClass === undefined || uid === undefined || study === undefined || series === undefined) return 'imaging.uid-missing';
  if (![sopClass, uid, study, series].every((one) => one.length <= 64 && uidForm.test(one))) return 'imaging.uid-wrong';
  if ((sent.sopInstance ?? uid) !== uid || (sent.sopClass ?? sopClass) !== sopClass) return 'imaging.uid-differs';
  return {
    study: studyFacts(dataset, study),
    series: seriesFacts(dataset, series),
    instance: { uid, sopClass, number: wholeOf(dataset, t.instanceNumber), rows: uintOf(dataset, t.rows), columns: uintOf(dataset, t.columns) },
  };
}

function studyFacts(dataset: Dataset, uid: string): StudyFacts {
  return {
    uid, patientId: shown(dataset, t.patientId), issuer: shown(dataset, t.issuer), patientName: shown(dataset, t.patientName), nameWords: wordsOf(dataset, t.patientName),
    birthDate: textOf(dataset, t.birthDate), sex: textOf(dataset, t.sex), accession: shown(dataset, t.accession), studyId: shown(dataset, t.studyId), date: textOf(dataset, t.studyDate),
    time: textOf(dataset, t.studyTime), description: shown(dataset, t.studyDescription), referringName: shown(dataset, t.referring), referringWords: wordsOf(dataset, t.referring),
  };
}

function seriesFacts(dataset: Dataset, uid: string): SeriesFacts {
  const performed = itemsOf(dataset, t.performed)[0];
  return {
    uid, modality: textOf(dataset, t.modality), number: wholeOf(dataset, t.seriesNumber), description: shown(dataset, t.seriesDescription), bodyPart: textOf(dataset, t.bodyPart),
    protocol: shown(dataset, t.protocol), station: shown(dataset, t.station), date: textOf(dataset, t.seriesDate), time: textOf(dataset, t.seriesTime),
    laterality: textOf(dataset, t.laterality), performedProcedure: performed && textOf(performed, t.referencedInstance),
  };
}

/** IS may be negative or nonsense; a column of the database holds 32 bits. */
function wholeOf(dataset: Dataset, name: number): number | undefined {
  const value = numberOf(dataset, name);
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined;
}

/** Text as it can be shown: PostgreSQL stores no NUL, and nobody reads control characters. */
function shown(dataset: Dataset, name: number): string | undefined {
  const text = textOf(dataset, name)?.replace(/\p{Cc}/gu, '').trim();
  return text === undefined || text === '' ? undefined : text;
}

const sureEnough = 0.5;

/** The words of a name as it is declared and, where the declared character set is likely wrong, as it is meant. */
function wordsOf(dataset: Dataset, name: number): string {
  const bytes = bytesOf(dataset, name);
  if (bytes === undefined || bytes.length === 0) return '';
  const guess = guessText(bytes, dataset.charset, { multiple: false, name: true });
  const words = nameKeys(textsOf(dataset, name)[0] ?? '', ...(guess.encoding !== 'declared' && guess.confidence >= sureEnough ? [guess.text] : []));
  return words.length === 0 ? '' : ` ${words.join(' ').replace(/\p{Cc}/gu, '')} `;
}
