// DocumentReference and DiagnosticReport to documents of the chart, with and without their content.
import type { ChartDocument, DocumentPart, TimelineEvent } from '@sen/contracts';
import type { Resource } from '@sen/fhir';
import { codeIn, codesOf, known, listOf, nameOf, textOf, whenOf, wordsOf, type Language, type Reference } from './fhir.ts';
import { testName } from './test-names.ts';

export const referenceElements = 'status,docStatus,type,category,date,author,custodian,description,context';
export const reportElements = 'status,category,code,effective,issued,performer,resultsInterpreter,conclusion,result';

interface Attachment {
  contentType?: string;
  data?: string;
  url?: string;
  title?: string;
}

/** Reads a DocumentReference without its content; undefined when entered in error. */
export function documentOf(reference: Resource, language: Language): ChartDocument | undefined {
  if (reference['status'] === 'entered-in-error') return undefined;
  const kind = wordsOf(reference['type'], language) ?? wordsOf(listOf(reference['category'])[0], language);
  const description = textOf(reference['description']);
  return known({
    id: `DocumentReference.${reference.id ?? ''}`,
    title: description ?? kind ?? (language === 'vi' ? 'Tài liệu' : 'Document'),
    kind: description === undefined ? undefined : kind,
    when: textOf(reference['date']) ?? textOf((reference['context'] as { period?: { start?: string } } | undefined)?.period?.start),
    author: namesOf(reference['author']),
    place: nameOf(reference['custodian']),
    superseded: reference['status'] === 'superseded' && reference['docStatus'] !== 'final',
  });
}

/** Reads a DiagnosticReport as a document; undefined when entered in error or cancelled. */
export function reportDocumentOf(report: Resource, language: Language): ChartDocument | undefined {
  if (report['status'] === 'entered-in-error' || report['status'] === 'cancelled') return undefined;
  return known({
    id: `DiagnosticReport.${report.id ?? ''}`,
    title: testName(codeIn(report['code'], /^http:\/\/loinc\.org$/), language) ?? wordsOf(report['code'], language) ?? (language === 'vi' ? 'Phiếu kết quả' : 'Report'),
    kind: wordsOf(listOf(report['category'])[0], language),
    when: whenOf(report, 'effectiveDateTime', 'effectivePeriod', 'issued'),
    author: namesOf(report['resultsInterpreter']) ?? namesOf(report['performer']),
    superseded: false,
  });
}

function namesOf(references: unknown): string | undefined {
  const names = listOf<Reference>(references).flatMap((one) => nameOf(one) ?? []);
  return names.length === 0 ? undefined : names.slice(0, 2).join(', ');
}

// HL7 v2 table 0074 sections that look at pictures or tracings rather than measure a specimen.
const picturing = new Set(['RAD', 'CT', 'NMR', 'NMS', 'RUS', 'CUS', 'VUS', 'OUS', 'RX', 'XRC', 'CTH', 'EC', 'EN', 'IMG', 'CUS', 'PF']);

/** Tells whether a report is of pictures or tracings: read by a person, not measured. */
export function isImaging(report: Resource): boolean {
  return listOf(report['category']).flatMap(codesOf).some((code) => picturing.has(code));
}

/** Tells whether a report is a note (a LOINC document type as its category, as US Core files them). */
export function isNote(report: Resource): boolean {
  const codings = listOf<{ coding?: { system?: string }[] }>(report['category']).flatMap((one) => one.coding ?? []);
  return codings.length > 0 && codings.every((coding) => coding.system === 'http://loinc.org');
}

/** Reads a laboratory or imaging report as an event of the timeline; undefined for notes and what was entered in error. */
export function reportEventOf(report: Resource, language: Language): TimelineEvent | undefined {
  const document = reportDocumentOf(report, language);
  if (document === undefined || isNote(report)) return undefined;
  const imaging = isImaging(report);
  return known({
    id: document.id,
    kind: imaging ? ('imaging' as const) : ('laboratory' as const),
    when: document.when,
    title: document.title,
    by: document.author,
    line: firstSentence(textOf(report['conclusion'])),
    state: ['registered', 'partial', 'preliminary'].includes(textOf(report['status']) ?? '') ? ('pending' as const) : undefined,
    documentId: imaging ? document.id : undefined,
  });
}

function firstSentence(text: string | undefined): string | undefined {
  return text?.split(/(?<=[.;])\s|\n/)[0];
}

/** Ids of the results that a report holds. */
export function resultIdsOf(report: Resource): string[] {
  return listOf<Reference>(report['result']).flatMap((one) => /Observation\/([A-Za-z0-9.-]+)/.exec(one.reference ?? '')?.[1] ?? []);
}

/** The content of a document, ready to read: text as text, pictures as pictures, anything else as a file to save. */
export function partsOf(resource: Resource): DocumentPart[] {
  const attachments = resource.resourceType === 'DocumentReference'
    ? listOf<{ attachment?: Attachment }>(resource['content']).flatMap((one) => one.attachment ?? [])
    : listOf<Attachment>(resource['presentedForm']);
  const conclusion = textOf(resource['conclusion']);
  const parts = attachments.map(partOf);
  return conclusion === undefined ? parts : [{ kind: 'text', text: conclusion }, ...parts.filter((part) => part.kind !== 'text' || part.text.trim() !== conclusion.trim())];
}

function partOf(attachment: Attachment): DocumentPart {
  const contentType = attachment.contentType ?? 'application/octet-stream';
  const { data, title } = attachment;
  if (data !== undefined && contentType.startsWith('text/')) return { kind: 'text', text: plainText(Buffer.from(data, 'base64').toString('utf8'), contentType) };
  if (data !== undefined && /^image\/(png|jpeg|gif|webp)/.test(contentType)) return { kind: 'image', contentType: contentType.split(';')[0] ?? contentType, data };
  return known({ kind: 'file' as const, contentType: contentType.split(';')[0] ?? contentType, title, data, url: safeUrl(attachment.url) });
}

/** Only addresses a browser may open; `javascript:` and the like are no place of a document. */
function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

/** HTML notes are shown as their text: markup of another system is not let into our pages. */
function plainText(text: string, contentType: string): string {
  if (!contentType.startsWith('text/html') && !contentType.startsWith('text/xml')) return text;
  return withoutHidden(text)
    .replace(/<\/th>\s*<td[^<>]*>/gi, ': ').replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n').replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\n{3,}/g, '\n\n').trim();
}

/** Leaves out what a browser would not show. By places and not by one pattern, which would take hours over a million `<style`. */
function withoutHidden(text: string): string {
  const opening = /<(script|style|head)\b/gi;
  const parts: string[] = [];
  let from = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    parts.push(text.slice(from, found.index));
    const closing = new RegExp(`</${found[1]}>`, 'gi');
    closing.lastIndex = found.index;
    from = closing.exec(text) === null ? text.length : closing.lastIndex;
    opening.lastIndex = from;
  }
  return parts.join('') + text.slice(from);
}
