// The Composition of an International Patient Summary (HL7 IPS 2.0.0) and the tables that people read in it.
import type { Resource } from '@sen/fhir';
import { codesOf, listOf, textOf, whenOf, wordsOf, type Concept, type Language } from './fhir.ts';
import type { SummarySection } from './summary-sections.ts';

export interface SectionContent {
  readonly section: SummarySection;
  readonly resources: readonly Resource[];
  /** Resources that these name only by reference, such as the medication of a prescription. */
  readonly referred: readonly Resource[];
  /** The record holds more than what stands here. */
  readonly more: boolean;
}

export interface SummaryHead {
  readonly id: string;
  readonly patient: { readonly id: string; readonly name: string };
  /** Organization that tells; undefined when the reader belongs to none. */
  readonly facility: { readonly id?: string; readonly name?: string };
  readonly now: number;
  readonly language: Language;
}

/** Leaves out what was refuted or entered in error, and, where asked, all but the newest of each code. */
export function sectionResources({ lastOfEach }: SummarySection, found: readonly Resource[]): Resource[] {
  const held = found.filter((one) => one['status'] !== 'entered-in-error' && one['status'] !== 'inactive' && !codesOf(one['verificationStatus']).some((code) => code === 'entered-in-error' || code === 'refuted'));
  if (lastOfEach !== true) return held;
  const seen = new Set<string>();
  return held.filter((one) => {
    const names = keysOf(one['code'] as Concept | undefined);
    const known = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return !known;
  });
}

function keysOf(code: Concept | undefined): string[] {
  const codings = (code?.coding ?? []).map((coding) => `${coding.system ?? ''}|${coding.code ?? ''}`);
  return codings.length > 0 ? codings : [code?.text ?? ''];
}

/** Writes the Composition. Required sections without content say that nothing is known, which is not that nothing is there. */
export function summaryComposition(head: SummaryHead, contents: readonly SectionContent[]): Resource {
  const { id, patient, facility, now, language } = head;
  const teller = facility.id === undefined ? { reference: '#author', display: 'Sen' } : { reference: `Organization/${facility.id}`, ...(facility.name === undefined ? {} : { display: facility.name }) };
  const title = language === 'vi' ? 'Tóm tắt hồ sơ sức khỏe' : 'International Patient Summary';
  const sections = contents.filter(({ section, resources }) => section.required || resources.length > 0);
  return {
    resourceType: 'Composition',
    id,
    meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'] },
    language,
    text: narrative(`<p>${escape(title)}: ${escape(patient.name)}</p>`),
    ...(facility.id === undefined ? { contained: [{ resourceType: 'Device', id: 'author', deviceName: [{ name: 'Sen', type: 'user-friendly-name' }] }] } : {}),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
    subject: { reference: `Patient/${patient.id}`, ...(patient.name === '' ? {} : { display: patient.name }) },
    date: new Date(now).toISOString(),
    author: [teller],
    title,
    ...(facility.id === undefined ? {} : { custodian: teller }),
    section: sections.map((content) => sectionOf(content, language)),
  } as unknown as Resource;
}

function sectionOf(content: SectionContent, language: Language): object {
  const { section, resources } = content;
  const head = { title: section.title[language], code: { coding: [{ system: 'http://loinc.org', code: section.code, display: section.display }] } };
  if (resources.length === 0) {
    const nothing = language === 'vi' ? 'Không có thông tin trong hồ sơ.' : 'The record holds no information.';
    return { ...head, text: narrative(`<p>${nothing}</p>`), emptyReason: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'unavailable', display: 'Unavailable' }], text: nothing } };
  }
  return { ...head, text: narrative(table(content, language)), entry: resources.map((one) => ({ reference: `${one.resourceType}/${one.id}` })) };
}

function table({ resources, referred, more }: SectionContent, language: Language): string {
  const [when, what, detail, cut] = language === 'vi'
    ? ['Ngày', 'Nội dung', 'Chi tiết', 'Chỉ liệt kê các mục mới nhất; trong hồ sơ còn nữa.']
    : ['Date', 'What', 'Details', 'Only the newest are listed; the record holds more.'];
  const rows = resources.map((one) => `<tr><td>${escape(dayOf(one))}</td><td>${escape(nameOf(one, referred, language))}</td><td>${escape(detailOf(one, language))}</td></tr>`);
  return `<table><thead><tr><th>${when}</th><th>${what}</th><th>${detail}</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more ? `<p>${cut}</p>` : ''}`;
}

const dates = ['effectiveDateTime', 'effectivePeriod', 'onsetDateTime', 'onsetPeriod', 'occurrenceDateTime', 'performedDateTime', 'performedPeriod', 'authoredOn', 'recordedDate', 'timingDateTime', 'period', 'created', 'date'];

function dayOf(resource: Resource): string {
  return whenOf(resource, ...dates)?.slice(0, 10) ?? '';
}

function nameOf(resource: Resource, referred: readonly Resource[], language: Language): string {
  for (const element of ['code', 'medicationCodeableConcept', 'vaccineCode']) {
    const words = wordsOf(resource[element], language);
    if (words !== undefined) return words;
  }
  const { reference, display } = (resource['medicationReference'] ?? resource['device'] ?? {}) as { reference?: string; display?: string };
  const named = referred.find(({ resourceType, id }) => reference !== undefined && `/${reference}`.endsWith(`/${resourceType}/${id}`));
  const words = wordsOf(named?.['code'] ?? named?.['type'], language) ?? textOf(listOf<{ name?: string }>(named?.['deviceName'])[0]?.name);
  return display ?? words ?? textOf(resource['title']) ?? wordsOf(listOf(resource['category'])[0], language) ?? resource.resourceType;
}

function detailOf(resource: Resource, language: Language): string {
  const parts = [
    valueOf(resource, language),
    ...listOf<Resource>(resource['component']).map((part) => `${wordsOf(part['code'], language) ?? ''} ${valueOf(part, language)}`.trim()),
    ...listOf<{ text?: string }>(resource['dosageInstruction'] ?? resource['dosage']).map(({ text }) => text ?? ''),
    ...listOf<{ manifestation?: unknown[] }>(resource['reaction']).flatMap(({ manifestation }) => listOf(manifestation).map((one) => wordsOf(one, language) ?? '')),
    textOf(resource['criticality']) ?? '',
    textOf(resource['conclusion']) ?? '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function valueOf(resource: Resource, language: Language): string {
  const quantity = resource['valueQuantity'] as { value?: unknown; unit?: string; code?: string; comparator?: string } | undefined;
  if (quantity?.value !== undefined) return `${quantity.comparator ?? ''}${JSON.stringify(quantity.value)} ${quantity.unit ?? quantity.code ?? ''}`.trim();
  const simple = resource['valueInteger'] ?? resource['valueBoolean'];
  if (simple !== undefined) return JSON.stringify(simple);
  return textOf(resource['valueString']) ?? textOf(resource['valueDateTime']) ?? wordsOf(resource['valueCodeableConcept'], language) ?? '';
}

function narrative(body: string): object {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${body}</div>` };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character);
}
