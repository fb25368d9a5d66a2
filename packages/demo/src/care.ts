// Whole visits, as a patient lives them: seen, measured, tested, treated, told when to come back.
import type { AcuteIllness } from './acute-illnesses.ts';
import { clinicHour, day, hour, minute } from './calendar.ts';
import type { Chart, Visit } from './chart.ts';
import { addDischargePaper, addNote, addPrescriptionSheet } from './documents.ts';
import { type DrugKey, drugs } from './drugs.ts';
import { addImaging } from './imaging.ts';
import type { ImagingKey } from './imaging-studies.ts';
import { type Given, runLaboratory } from './laboratory.ts';
import type { TestKey } from './laboratory-tests.ts';
import { prescribe, type Stop } from './prescription.ts';
import { addIllness } from './problem.ts';
import { addProcedure, planReturn } from './treatment.ts';
import { addVisit, type VisitPlan } from './visit.ts';
import { measure, usualVitals, type Vitals } from './vital-signs.ts';

export interface CareFacts {
  readonly tests?: readonly TestKey[];
  readonly given?: Given;
  readonly vitals?: Vitals;
  readonly imaging?: ImagingKey;
  readonly conclusion?: string;
  readonly drugs: readonly DrugKey[];
  readonly days: number;
  readonly stop?: Stop;
  readonly findings?: string;
  readonly plan?: string;
  readonly advice: string;
  /** When to come back; only a date ahead is booked. */
  readonly returnAt?: number;
}

/** Adds an outpatient visit with all that belongs to it. */
export function seeInClinic(chart: Chart, plan: Omit<VisitPlan, 'kind'>, facts: CareFacts): Visit {
  const visit = addVisit(chart, { ...plan, kind: 'clinic' });
  const vitals = usualVitals(chart, visit.at, facts.vitals);
  measure(chart, visit, vitals);
  if (facts.tests !== undefined) runLaboratory(chart, visit, facts.tests, facts.given);
  if (facts.imaging !== undefined) addImaging(chart, visit, facts.imaging, facts.conclusion);
  const inProgress = visit.end > chart.now;
  if (!inProgress || chart.now - visit.at > 28 * minute) prescribe(chart, visit, facts.drugs, facts.days, facts.stop);
  if (chart.depth === 'full') {
    const names = facts.drugs.map((key) => drugs[key].vi).join('; ');
    addNote(chart, visit, { complaint: plan.reason, vitals, plan: facts.plan ?? (`Đơn ${facts.days} ngày: ${names}. ${facts.advice}`), ...(facts.findings === undefined ? {} : { findings: facts.findings }) });
    if (!inProgress && facts.drugs.length > 0) addPrescriptionSheet(chart, visit, facts.drugs, facts.days, facts.advice);
  }
  if (facts.returnAt !== undefined) planReturn(chart, visit, facts.returnAt, facts.advice, plan.problems ?? []);
  return visit;
}

/** Adds a short illness: a clinic or emergency visit, or a stay with daily rounds. */
export function fallIll(chart: Chart, illness: AcuteIllness, at: number): Visit {
  const inBed = illness.stayDays > 0;
  const lastsMs = inBed ? illness.stayDays * day - 3 * hour : illness.emergency === true ? 4 * hour : 70 * minute;
  const visit = addVisit(chart, { at, kind: inBed ? 'stay' : illness.emergency === true ? 'emergency' : 'clinic', department: illness.department, diagnosis: illness, reason: illness.complaint, lastsMs });
  addIllness(chart, visit, at + (illness.stayDays + illness.days) * day);
  const vitals = usualVitals(chart, at, sickVitals(chart, illness, 1));
  measure(chart, visit, vitals);
  runLaboratory(chart, visit, chart.depth === 'light' ? illness.tests.slice(0, 4) : illness.tests, sickValues(chart, illness, 1));
  if (illness.imaging !== undefined) addImaging(chart, visit, illness.imaging, conclusions[illness.code]);
  if (illness.procedure !== undefined) addProcedure(chart, visit, illness.procedure, at + 3 * hour, 50 * minute);
  prescribe(chart, visit, illness.drugs, illness.days);
  if (inBed) dailyRounds(chart, visit, illness);
  if (chart.depth === 'light') return visit;
  addNote(chart, visit, { complaint: illness.complaint, vitals, findings: '', plan: inBed ? 'Vào viện điều trị nội trú' : `Điều trị ngoại trú ${illness.days} ngày` });
  if (inBed && visit.end <= chart.now) {
    const course = illness.drugs.map((key) => drugs[key].vi).join(', ');
    addDischargePaper(chart, visit, { course, advice: 'Ổn định, ra viện. Khám lại sau 1 tuần hoặc khi có dấu hiệu bất thường.' });
  }
  return visit;
}

// The image must not contradict the illness it proves.
const conclusions: Readonly<Record<string, string>> = {
  'J20.9': 'Dày thành phế quản hai bên, không thấy đám mờ khu trú.',
  'J18.9': 'Đám mờ không đều thùy dưới phổi phải, có hình phế quản hơi: viêm phổi thùy.',
  'J18.0': 'Nốt mờ rải rác hai rốn phổi và cạnh tim: viêm phế quản phổi.',
  'K35.8': 'Ruột thừa đường kính 11 mm, đè không xẹp, thâm nhiễm mỡ quanh: viêm ruột thừa cấp.',
  'A97.0': 'Dày thành túi mật, ít dịch tự do ổ bụng.',
  'N39.0': 'Thành bàng quang dày nhẹ, không thấy sỏi, đài bể thận không giãn.',
  'M54.5': 'Thoái hóa cột sống thắt lưng, hẹp khe đĩa đệm L4–L5.',
  'S52.5': 'Gãy đầu dưới xương quay, di lệch ra sau (kiểu Pouteau–Colles).',
};

function dailyRounds(chart: Chart, visit: Visit, illness: AcuteIllness): void {
  const last = Math.min(illness.stayDays, chart.depth === 'light' ? 1 : illness.stayDays);
  for (let round = 1; round < last; round++) {
    const at = visit.at + round * day;
    if (at > chart.now) return;
    const left = 1 - round / illness.stayDays;
    measure(chart, visit, usualVitals(chart, at, sickVitals(chart, illness, left)), at);
    if (round % 3 === 2) runLaboratory(chart, visit, illness.tests, sickValues(chart, illness, left), at);
  }
}

function sickVitals(chart: Chart, illness: AcuteIllness, left: number): Vitals {
  const { temperature, saturation } = illness;
  return {
    ...(temperature === undefined ? {} : { temperature: chart.dice.normal(36.8 + (temperature - 36.8) * left, 0.2) }),
    ...(saturation === undefined ? {} : { saturation: Math.round(98 - (98 - saturation) * left) }),
  };
}

function sickValues(chart: Chart, illness: AcuteIllness, left: number): Given {
  // Towards discharge the value is half way back; the rest comes at home.
  const spread = 0.4 + 0.6 * left;
  return Object.fromEntries((illness.values ?? []).map(([key, mean, deviation]) => [key, chart.dice.normal(mean, deviation * spread)]));
}

/** A morning in a clinic week, this many days before now. */
export function clinicMorning(chart: Chart, daysAgo: number): number {
  const at = clinicHour(chart.now - daysAgo * day, chart.dice.between(7.5, 11));
  return at + hour > chart.now ? at - 7 * day : at;
}
