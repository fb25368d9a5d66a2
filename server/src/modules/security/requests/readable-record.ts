// A record as one page that a person can read, without a server: names of things, dates, values, texts. Self-contained HTML.
type Json = Readonly<Record<string, unknown>>;

const sections: readonly (readonly [type: string, title: string])[] = [
  ['Patient', 'Người bệnh'], ['Coverage', 'Bảo hiểm'], ['AllergyIntolerance', 'Dị ứng'], ['Condition', 'Chẩn đoán, vấn đề sức khỏe'], ['Encounter', 'Lượt khám, điều trị'],
  ['MedicationRequest', 'Đơn thuốc'], ['MedicationStatement', 'Thuốc đã dùng'], ['MedicationDispense', 'Thuốc đã phát'], ['MedicationAdministration', 'Thuốc đã dùng tại viện'],
  ['Observation', 'Kết quả xét nghiệm, đo'], ['DiagnosticReport', 'Phiếu kết quả'], ['ImagingStudy', 'Chẩn đoán hình ảnh'], ['Procedure', 'Thủ thuật, phẫu thuật'],
  ['Immunization', 'Tiêm chủng'], ['DocumentReference', 'Tài liệu'], ['Composition', 'Bệnh án'], ['CarePlan', 'Kế hoạch điều trị'], ['Appointment', 'Lịch hẹn'], ['ServiceRequest', 'Chỉ định'],
  ['Consent', 'Sự đồng ý'],
];

/** Writes the page of a patient's resources; what has no section of its own stands under the last heading. */
export function readableRecord(resources: readonly Json[], made: string, omitted: number): string {
  const known = new Set(sections.map(([type]) => type));
  const parts = [
    ...sections.map(([type, title]) => section(title, resources.filter((one) => one['resourceType'] === type))),
    section('Thông tin khác', resources.filter((one) => !known.has(String(one['resourceType'])))),
  ];
  const note = omitted === 0 ? '' : `<p>${omitted} mục chưa có trong bản sao này vì bác sĩ cần trao đổi trực tiếp với người bệnh trước.</p>`;
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Bản sao hồ sơ bệnh án</title><style>${style}</style></head><body><h1>Bản sao hồ sơ bệnh án</h1>
<p>Lập lúc ${escape(made)}. Dữ liệu đầy đủ, đọc được bằng máy, nằm trong thư mục “du-lieu” (HL7 FHIR R4, NDJSON).</p>${note}${parts.join('')}</body></html>`;
}

const style = 'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}h2{margin-top:2rem;border-bottom:1px solid #c3cad2}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #dfe3e8}th{font-weight:600}pre{white-space:pre-wrap;font:inherit;margin:.3rem 0}.d{white-space:nowrap}';

function section(title: string, resources: readonly Json[]): string {
  if (resources.length === 0) return '';
  const rows = [...resources].sort((a, b) => dateOf(b).localeCompare(dateOf(a))).map(rowOf);
  return `<h2>${escape(title)} (${resources.length})</h2><table><thead><tr><th>Ngày</th><th>Nội dung</th><th>Chi tiết</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function rowOf(resource: Json): string {
  const details = [valueOf(resource), ...textsOf(resource)].filter((text) => text !== '').map((text) => `<pre>${escape(text)}</pre>`);
  return `<tr><td class="d">${escape(dateOf(resource).slice(0, 16).replace('T', ' '))}</td><td>${escape(titleOf(resource))}</td><td>${details.join('')}</td></tr>`;
}

const dateElements = ['effectiveDateTime', 'onsetDateTime', 'recordedDate', 'authoredOn', 'date', 'performedDateTime', 'occurrenceDateTime', 'issued', 'started', 'start', 'created', 'whenHandedOver', 'birthDate', 'dateTime'];
const periodElements = ['period', 'effectivePeriod', 'performedPeriod', 'onsetPeriod'];

function dateOf(resource: Json): string {
  for (const element of dateElements) if (typeof resource[element] === 'string') return resource[element];
  for (const element of periodElements) {
    const start = (resource[element] as { start?: string } | undefined)?.start;
    if (start !== undefined) return start;
  }
  return '';
}

const titleElements = ['code', 'medicationCodeableConcept', 'vaccineCode', 'type', 'class', 'category', 'title', 'description', 'name'];

function titleOf(resource: Json): string {
  for (const element of titleElements) {
    const text = words(resource[element]);
    if (text !== '') return text;
  }
  return String(resource['resourceType']);
}

/** Of a concept, coding, reference, name or plain text: the words a person reads. */
function words(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(words).filter((text) => text !== '').join(', ');
  if (value === null || typeof value !== 'object') return '';
  const { text, display, coding, code, given, family } = value as Record<string, unknown>;
  if (typeof text === 'string') return text;
  if (typeof display === 'string') return display;
  if (Array.isArray(coding)) return words(coding[0]);
  if (typeof family === 'string' || Array.isArray(given)) return [family, ...((given as unknown[] | undefined) ?? [])].filter((part) => typeof part === 'string').join(' ');
  return typeof code === 'string' ? code : '';
}

function valueOf(resource: Json): string {
  const components = (resource['component'] as Json[] | undefined) ?? [];
  return [plainValue(resource), ...components.map((part) => `${words(part['code'])}: ${plainValue(part)}`)].filter((text) => text !== '').join('\n');
}

function plainValue(part: Json): string {
  const quantity = part['valueQuantity'] as { value?: unknown; unit?: string; comparator?: string } | undefined;
  if (quantity !== undefined) return `${quantity.comparator ?? ''}${printed(quantity.value)} ${quantity.unit ?? ''}`.trim();
  return words(part['valueCodeableConcept']) || words(part['valueString']);
}

/** Numbers as they were recorded (`7.0`), see parseLossless. */
function printed(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function textsOf(resource: Json): string[] {
  const notes = ((resource['note'] as { text?: string }[] | undefined) ?? []).map(({ text }) => text ?? '');
  const doses = ((resource['dosageInstruction'] ?? resource['dosage']) as { text?: string }[] | undefined) ?? [];
  const attachments = ((resource['content'] as { attachment?: Attachment }[] | undefined) ?? []).map(({ attachment }) => attachmentText(attachment));
  const conclusion = resource['conclusion'];
  return [...(Array.isArray(doses) ? doses.map(({ text }) => text ?? '') : []), typeof conclusion === 'string' ? conclusion : '', ...notes, ...attachments];
}

interface Attachment {
  readonly contentType?: string;
  readonly data?: string;
  readonly title?: string;
}

function attachmentText(attachment: Attachment | undefined): string {
  if (attachment?.data === undefined || attachment.contentType?.startsWith('text/plain') !== true) return attachment?.title ?? '';
  return Buffer.from(attachment.data, 'base64').toString('utf8');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
