import { instantText, minute, vietnameseDate, vietnameseTime } from './calendar.ts';
import { add, type Chart, type Visit } from './chart.ts';
import { type DrugKey, drugs } from './drugs.ts';
import { departmentOf, type Reference } from './hospital.ts';
import { dosageText } from './prescription.ts';
import { type Concept, systems } from './systems.ts';
import { ageAtVisit, type Vitals } from './vital-signs.ts';

const loinc = (code: string, display: string, text: string): Concept => ({ coding: [{ system: systems.loinc, code, display }], text });
const types = {
  note: loinc('34131-3', 'Outpatient Progress note', 'Phiếu khám bệnh'),
  prescription: loinc('57833-6', 'Prescription for medication', 'Đơn thuốc'),
  discharge: loinc('18842-5', 'Discharge summary', 'Giấy ra viện'),
};

export interface NoteFacts {
  readonly complaint: string;
  readonly vitals: Vitals;
  readonly findings?: string;
  readonly plan: string;
}

/** Adds the examination note as readable text. */
export function addNote(chart: Chart, visit: Visit, facts: NoteFacts): Reference {
  const { vitals } = facts;
  const pressure = vitals.systolic === undefined ? [] : [`HA ${vitals.systolic}/${vitals.diastolic} mmHg`];
  const measured = [
    ...pressure, `mạch ${vitals.pulse} lần/phút`, `nhiệt độ ${vi(vitals.temperature)} °C`, `SpO₂ ${vitals.saturation}%`,
    ...(vitals.weight === undefined ? [] : [`nặng ${vi(vitals.weight)} kg`]),
  ];
  return addDocument(chart, visit, 'note', [
    ...heading(chart, visit, 'PHIẾU KHÁM BỆNH'),
    `Lý do khám: ${facts.complaint}.`,
    `Khám: Tỉnh, tiếp xúc tốt. ${measured.join(', ')}. ${facts.findings ?? 'Tim đều, phổi rì rào phế nang rõ, bụng mềm.'}`.trimEnd(),
    `Chẩn đoán: ${visit.diagnosis.vi} (${visit.diagnosis.code}).`,
    `Xử trí: ${facts.plan}.`,
    ...signature(visit, visit.at),
  ].join('\n'));
}

/** Adds the prescription sheet handed to the patient. */
export function addPrescriptionSheet(chart: Chart, visit: Visit, keys: readonly DrugKey[], days: number, advice: string): Reference {
  const lines = keys.flatMap((key, index) => {
    const drug = drugs[key];
    return [`${index + 1}. ${drug.vi}    Số lượng: ${drug.dose * drug.perDay * days} ${drug.unit}`, `   ${dosageText(drug)}. Dùng ${days} ngày.`];
  });
  return addDocument(chart, visit, 'prescription', [
    ...heading(chart, visit, 'ĐƠN THUỐC'),
    `Thẻ BHYT: ${chart.insuranceNumber} (hưởng ${chart.insurance.percent}%)`,
    `Chẩn đoán: ${visit.diagnosis.vi} (${visit.diagnosis.code})`, '', ...lines, '', `Lời dặn: ${advice}.`, ...signature(visit, visit.at),
  ].join('\n'));
}

/** Adds the discharge paper as a small HTML page. */
export function addDischargePaper(chart: Chart, visit: Visit, facts: { readonly course: string; readonly advice: string }): Reference {
  const rows: [string, string][] = [
    ['Họ tên người bệnh', chart.person.name.text], ['Ngày sinh', vietnameseDate(chart.person.born)],
    ['Giới tính', chart.person.sex === 'female' ? 'Nữ' : 'Nam'], ['Thẻ BHYT', chart.insuranceNumber],
    ['Vào viện', `${vietnameseTime(visit.at)} ngày ${vietnameseDate(visit.at)}`], ['Ra viện', `${vietnameseTime(visit.end)} ngày ${vietnameseDate(visit.end)}`],
    ['Chẩn đoán', `${visit.diagnosis.vi} (${visit.diagnosis.code})`], ['Phương pháp điều trị', facts.course], ['Ghi chú', facts.advice], ['Bác sĩ điều trị', visit.doctor.reference.display!],
  ];
  const body = rows.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('\n');
  const place = departmentOf(visit.facility, visit.department).name;
  const html = `<!doctype html>\n<html lang="vi">\n<head><meta charset="utf-8"><title>Giấy ra viện</title></head>\n<body>\n<p>${escapeHtml(visit.facility.name)}<br>${escapeHtml(place)}</p>\n<h1>Giấy ra viện</h1>\n<table>\n${body}\n</table>\n</body>\n</html>\n`;
  return addDocument(chart, visit, 'discharge', html, 'text/html');
}

function heading(chart: Chart, visit: Visit, title: string): string[] {
  const { person } = chart;
  return [
    visit.facility.name.toUpperCase(), departmentOf(visit.facility, visit.department).name, '', title, '',
    `Họ tên: ${person.name.text}    ${person.sex === 'female' ? 'Nữ' : 'Nam'}, ${ageAtVisit(chart, visit)} tuổi    Ngày sinh: ${vietnameseDate(person.born)}`,
    `Mã người bệnh: ${chart.hospitalNumber}`,
  ];
}

function signature(visit: Visit, at: number): string[] {
  const [days, months, years] = vietnameseDate(at).split('/');
  return ['', `${visit.facility.city}, ngày ${days} tháng ${months} năm ${years}`, visit.doctor.reference.display!, ''];
}

function addDocument(chart: Chart, visit: Visit, kind: keyof typeof types, body: string, contentType = 'text/plain'): Reference {
  const data = Buffer.from(body, 'utf8');
  const at = kind === 'discharge' ? visit.end : Math.min(visit.at + 30 * minute, chart.now);
  const title = `${types[kind].text} ${vietnameseDate(at)}`;
  return add(chart, 'DocumentReference', {
    identifier: [{ system: systems.documentNumber, value: `${chart.key}/${chart.resources.length}` }],
    status: 'current', docStatus: visit.end > chart.now ? 'preliminary' : 'final', type: types[kind], subject: chart.patient,
    date: instantText(at), author: [visit.doctor.reference], custodian: visit.facility.organization, description: title,
    content: [{ attachment: { contentType: `${contentType};charset=utf-8`, language: 'vi', data: data.toString('base64'), size: data.length, title, creation: instantText(at) } }],
    context: { encounter: [visit.reference] },
  });
}

function vi(value: number | undefined): string {
  return (value ?? 0).toFixed(1).replace('.', ',');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
