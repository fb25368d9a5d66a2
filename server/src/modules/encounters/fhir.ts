// FHIR datatypes and the plain facts of a visit, problem, allergy and insurance card, read into the chart's views.
import type { Allergy, Banner, Problem, TimelineEvent } from '@sen/contracts';
import type { Resource } from '@sen/fhir';

export type Language = 'vi' | 'en';

export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}
export interface Concept {
  coding?: Coding[];
  text?: string;
}
export interface Reference {
  reference?: string;
  display?: string;
}
export interface Period {
  start?: string;
  end?: string;
}

export function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

type Known<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** Drops the undefined: the wire carries only what is known. */
export function known<T extends object>(value: T): Known<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Known<T>;
}

const international = /^http:\/\/(loinc\.org|snomed\.info\/sct|hl7\.org\/fhir\/sid\/(icd-10|cvx|atc)|www\.whocc\.no\/atc|www\.nlm\.nih\.gov)/;

/**
 * The words of a concept for a reader. What the clinician wrote (`text`) is the hospital's own wording, so it leads;
 * an English reader gets the display of an international code system when there is one.
 */
export function wordsOf(value: unknown, language: Language): string | undefined {
  const concept = value as Concept | undefined;
  if (concept === undefined || concept === null) return undefined;
  const codings = concept.coding ?? [];
  const english = codings.find((coding) => international.test(coding.system ?? '') && coding.display !== undefined)?.display;
  const display = codings.find((coding) => coding.display !== undefined)?.display;
  const words = language === 'en' ? (english ?? concept.text ?? display) : (concept.text ?? display);
  return withoutTag(words) ?? codings.find((coding) => coding.code !== undefined)?.code;
}

/** SNOMED CT fully specified names end in their hierarchy: `Medication reconciliation (procedure)`. */
function withoutTag(words: string | undefined): string | undefined {
  return words?.replace(/ \((?:procedure|finding|disorder|situation|regime\/therapy|event|observable entity|morphologic abnormality|person)\)$/, '');
}

export function codeIn(value: unknown, system: RegExp): string | undefined {
  return (value as Concept | undefined)?.coding?.find((coding) => system.test(coding.system ?? ''))?.code;
}

export function codesOf(value: unknown): string[] {
  return ((value as Concept | undefined)?.coding ?? []).flatMap((coding) => (coding.code === undefined ? [] : [coding.code]));
}

function idOf(reference: unknown, type: string): string | undefined {
  const match = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.\\-]+)`).exec((reference as Reference | undefined)?.reference ?? '');
  return match?.[1];
}

export function nameOf(reference: unknown): string | undefined {
  return textOf((reference as Reference | undefined)?.display);
}

/** The first instant or day found among the named elements; a Period gives its start. */
export function whenOf(resource: Resource, ...elements: string[]): string | undefined {
  for (const element of elements) {
    const value = resource[element];
    const found = textOf(value) ?? textOf((value as Period | undefined)?.start);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const problemElements = 'clinicalStatus,verificationStatus,code,onset,abatement,recordedDate';

/** Reads a Condition; undefined when it was refuted or entered in error. */
export function problemOf(condition: Resource, language: Language): Problem | undefined {
  const verification = codesOf(condition['verificationStatus']);
  if (verification.includes('entered-in-error') || verification.includes('refuted')) return undefined;
  const clinical = codesOf(condition['clinicalStatus']);
  return known({
    id: condition.id ?? '',
    name: wordsOf(condition['code'], language) ?? '',
    code: codeIn(condition['code'], /icd-?10/i),
    active: clinical.length === 0 ? condition['abatementDateTime'] === undefined : clinical.some((code) => ['active', 'recurrence', 'relapse'].includes(code)),
    since: whenOf(condition, 'onsetDateTime', 'onsetPeriod', 'recordedDate'),
    until: whenOf(condition, 'abatementDateTime', 'abatementPeriod'),
  });
}

const noneKnown = /^(716186003|409137002|429625007|428607008|no-known-allerg|nka$|nkda$)/i;

export interface AllergyFacts {
  readonly state: Banner['allergyState'];
  readonly allergies: Allergy[];
}

/** Reads what the record says about allergies, keeping apart "asked, none" from "nobody asked". */
export function allergyFacts(resources: readonly Resource[], language: Language): AllergyFacts {
  const held = resources.filter((one) => !codesOf(one['verificationStatus']).some((code) => code === 'entered-in-error' || code === 'refuted'));
  const active = held.filter((one) => !codesOf(one['clinicalStatus']).some((code) => code === 'inactive' || code === 'resolved'));
  const real = active.filter((one) => !codesOf(one['code']).some((code) => noneKnown.test(code)));
  if (real.length > 0) return { state: 'known', allergies: real.map((one) => allergyOf(one, language)).sort((a, b) => Number(b.high) - Number(a.high)) };
  return { state: active.length > 0 ? 'none-known' : 'not-asked', allergies: [] };
}

function allergyOf(resource: Resource, language: Language): Allergy {
  const reactions = listOf<{ manifestation?: Concept[]; severity?: string; description?: string; substance?: Concept }>(resource['reaction']);
  const reaction = reactions.map((one) => (language === 'vi' ? textOf(one.description) : undefined) ?? wordsOf(one.manifestation?.[0], language)).find((one) => one !== undefined);
  return known({
    id: resource.id ?? '',
    substance: wordsOf(resource['code'], language) ?? wordsOf(reactions[0]?.substance, language) ?? '',
    reaction,
    high: resource['criticality'] === 'high' || reactions.some((one) => one.severity === 'severe'),
    unconfirmed: codesOf(resource['verificationStatus']).includes('unconfirmed'),
    since: whenOf(resource, 'onsetDateTime', 'recordedDate'),
  });
}

/** Reads a Coverage on a day (`yyyy-mm-dd`). The patient's share, when recorded in percent, gives the benefit. */
export function insuranceOf(coverage: Resource, today: string, mask: (number: string) => string, language: Language): NonNullable<Banner['insurance']> {
  const period = coverage['period'] as Period | undefined;
  const card = textOf(coverage['subscriberId']) ?? textOf(listOf<{ value?: string }>(coverage['identifier'])[0]?.value);
  const shares = listOf<{ valueQuantity?: { value?: unknown; unit?: string; code?: string } }>(coverage['costToBeneficiary']);
  const share = shares.map((one) => one.valueQuantity).find((one) => one?.unit === '%' || one?.code === '%');
  return known({
    payer: wordsOf(coverage['type'], language) ?? nameOf(listOf(coverage['payor'])[0]) ?? '',
    cardMasked: card === undefined ? undefined : mask(card),
    until: period?.end?.slice(0, 10),
    inForce: coverage['status'] === 'active' && (period?.end === undefined || period.end.slice(0, 10) >= today),
    benefitPercent: share === undefined ? undefined : 100 - Number(String((share.value as { rawJSON?: string }).rawJSON ?? share.value)),
  });
}

export const visitElements = 'status,class,type,serviceType,subject,participant,period,reasonCode,diagnosis,location,serviceProvider';

type VisitKind = 'visit' | 'stay' | 'emergency' | 'home' | 'remote';

const classWords: Readonly<Record<string, { kind: VisitKind; vi: string; en: string }>> = {
  AMB: { kind: 'visit', vi: 'Khám ngoại trú', en: 'Outpatient visit' },
  IMP: { kind: 'stay', vi: 'Điều trị nội trú', en: 'Hospital stay' },
  ACUTE: { kind: 'stay', vi: 'Điều trị nội trú', en: 'Hospital stay' },
  NONAC: { kind: 'stay', vi: 'Điều trị nội trú', en: 'Hospital stay' },
  OBSENC: { kind: 'stay', vi: 'Theo dõi lưu viện', en: 'Observation stay' },
  SS: { kind: 'stay', vi: 'Nội trú ban ngày', en: 'Day stay' },
  EMER: { kind: 'emergency', vi: 'Cấp cứu', en: 'Emergency visit' },
  HH: { kind: 'home', vi: 'Khám tại nhà', en: 'Home visit' },
  VR: { kind: 'remote', vi: 'Khám từ xa', en: 'Remote visit' },
};

const visitStates: Readonly<Record<string, TimelineEvent['state']>> = {
  planned: 'planned', arrived: 'arrived', triaged: 'arrived', 'in-progress': 'in-progress', onleave: 'in-progress', cancelled: 'cancelled',
};

/** Reads an Encounter as an event of the timeline. */
export function visitOf(encounter: Resource, language: Language): TimelineEvent {
  const period = encounter['period'] as Period | undefined;
  const kind = classWords[(encounter['class'] as Coding | undefined)?.code ?? 'AMB'] ?? classWords['AMB'];
  return known({
    id: `Encounter.${encounter.id ?? ''}`,
    kind: kind?.kind ?? 'visit',
    when: period?.start,
    until: period?.end,
    title: visitTitle(encounter, language),
    by: doctorOf(encounter) ?? nameOf(encounter['serviceProvider']),
    line: visitReason(encounter, language),
    state: visitStates[textOf(encounter['status']) ?? ''],
  });
}

export function visitTitle(encounter: Resource, language: Language): string {
  const kind = classWords[(encounter['class'] as Coding | undefined)?.code ?? 'AMB'];
  const written = wordsOf(listOf(encounter['type'])[0], language) ?? wordsOf(encounter['serviceType'], language);
  // The class says in any language what the record's own words say only in one.
  if (language === 'en' && kind !== undefined && (written === undefined || isVietnamese(written))) return kind.en;
  return written ?? kind?.[language] ?? (language === 'vi' ? 'Lượt khám' : 'Visit');
}

function isVietnamese(text: string): boolean {
  return /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu.test(text.normalize('NFC'));
}

export function visitReason(encounter: Resource, language: Language): string | undefined {
  const reasons = listOf(encounter['reasonCode']).map((one) => wordsOf(one, language));
  const diagnoses = listOf<{ condition?: Reference }>(encounter['diagnosis']).map((one) => nameOf(one.condition));
  const all = [...reasons, ...diagnoses].filter((one) => one !== undefined);
  return all.length === 0 ? undefined : [...new Set(all)].slice(0, 2).join(', ');
}

function doctorOf(encounter: Resource): string | undefined {
  return listOf<{ individual?: Reference }>(encounter['participant']).map((one) => nameOf(one.individual)).find((one) => one !== undefined);
}

/** Where the person of a visit is now: the active place, else the last written. */
export function placeOf(encounter: Resource): string | undefined {
  const places = listOf<{ location?: Reference; status?: string }>(encounter['location']);
  const now = places.find((one) => one.status === 'active') ?? places.at(-1);
  return nameOf(now?.location) ?? nameOf(encounter['serviceProvider']);
}

/** Outpatient, inpatient, emergency, at home or remote, by the class of the Encounter. */
export function settingOf(encounter: Resource): VisitKind {
  return classWords[(encounter['class'] as Coding | undefined)?.code ?? '']?.kind ?? 'visit';
}

export function patientIdOf(resource: Resource): string | undefined {
  return idOf(resource['subject'] ?? resource['patient'], 'Patient');
}

/** Reads a Procedure as an event of the timeline; undefined when entered in error or not done. */
export function procedureOf(procedure: Resource, language: Language): TimelineEvent | undefined {
  if (procedure['status'] === 'entered-in-error' || procedure['status'] === 'not-done') return undefined;
  const performers = listOf<{ actor?: Reference }>(procedure['performer']);
  return known({
    id: `Procedure.${procedure.id ?? ''}`,
    kind: 'procedure' as const,
    when: whenOf(procedure, 'performedDateTime', 'performedPeriod'),
    title: wordsOf(procedure['code'], language) ?? '',
    by: nameOf(performers[0]?.actor) ?? nameOf(procedure['location']),
    line: wordsOf(listOf(procedure['reasonCode'])[0], language),
  });
}

/** Reads an Immunization as an event of the timeline; undefined when entered in error or not done. */
export function vaccinationOf(immunization: Resource, language: Language): TimelineEvent | undefined {
  if (immunization['status'] !== 'completed') return undefined;
  const performers = listOf<{ actor?: Reference }>(immunization['performer']);
  return known({
    id: `Immunization.${immunization.id ?? ''}`,
    kind: 'vaccination' as const,
    when: whenOf(immunization, 'occurrenceDateTime'),
    title: language === 'vi' ? 'Tiêm chủng' : 'Vaccination',
    by: nameOf(performers[0]?.actor) ?? nameOf(immunization['location']),
    line: wordsOf(immunization['vaccineCode'], language),
  });
}
