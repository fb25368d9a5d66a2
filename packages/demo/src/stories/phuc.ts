// Trần Văn Phúc: on haemodialysis three times a week for years. His chart is the very large one.
import { dateText, day, dayOf, hour, instantText, minute, parseLocal, weekdayOf, year } from '../calendar.ts';
import { add, type Chart, type Problem, type Visit } from '../chart.ts';
import { mainFacility } from '../hospital.ts';
import { runLaboratory } from '../laboratory.ts';
import { bloodCount, kidneyTests, type TestKey } from '../laboratory-tests.ts';
import { hungYen } from '../places.ts';
import { prescribe } from '../prescription.ts';
import { addAllergy, addProblem } from '../problem.ts';
import { addProcedure, addVaccination } from '../treatment.ts';
import { addVisit } from '../visit.ts';
import { measure } from '../vital-signs.ts';
import { quantity, systems } from '../systems.ts';
import type { Story } from './story.ts';

const failure = { code: 'N18.5', vi: 'Bệnh thận mạn giai đoạn 5, lọc máu chu kỳ' };
const dryWeight = 52.5;
const years = 1.75;
const monthly: readonly TestKey[] = [...bloodCount, ...kidneyTests, 'calcium', 'phosphate', 'albumin', 'glucose', 'ktv', 'urr'];

export const phuc: Story = {
  id: 'tran-van-phuc', name: 'Trần Văn Phúc', sex: 'male', born: '1955-08-02', insurance: 'HT3', province: hungYen,
  home: { line: 'Thôn Đoài', ward: 'Xã Văn Giang', province: hungYen.name }, build: { height: 163, weight: dryWeight }, pressure: { systolic: 148, diastolic: 82 }, write,
};

function write(chart: Chart): void {
  addAllergy(chart, { substance: 'Sắt dextran', atc: 'B03AC', category: 'medication', reaction: 'Phản vệ độ I: mày đay, ngứa', severity: 'moderate', since: chart.now - 3 * year });
  const start = chart.now - years * year;
  setTrends(chart, start);
  const problems = [
    addProblem(chart, failure, start, 'Lọc máu qua lỗ thông động tĩnh mạch cẳng tay trái.'),
    addProblem(chart, { code: 'I12.0', vi: 'Bệnh thận do tăng huyết áp, có suy thận' }, parseLocal('2017-03-07')),
    addProblem(chart, { code: 'D63.8', vi: 'Thiếu máu trong bệnh thận mạn' }, start - 300 * day),
    addProblem(chart, { code: 'N25.8', vi: 'Rối loạn khoáng xương do bệnh thận mạn, cường cận giáp thứ phát' }, start + 200 * day),
  ];
  const operation = addVisit(chart, { at: start - 60 * day, kind: 'stay', department: 'surgery', diagnosis: failure, problems: problems.slice(0, 1), reason: 'Tạo thông động tĩnh mạch để lọc máu', lastsMs: 2 * day, facility: mainFacility });
  addProcedure(chart, operation, 'fistula', operation.at + 3 * hour, 2 * hour);
  for (let dose = 1; dose <= 3; dose++) addVaccination(chart, 'hepatitisB', start - (200 - dose * 45) * day, dose);
  sessions(chart, problems, start);
}

function setTrends(chart: Chart, start: number): void {
  const move = (key: TestKey, from: number, goal: number, spread: number): void => void chart.trends.set(key, { from: start - 90 * day, start: from, goal, years: 1, spread });
  move('egfr', 7, 5.5, 0.5);
  move('urea', 27, 24, 3);
  move('potassium', 5.4, 5.3, 0.45);
  move('hemoglobin', 78, 106, 5);
  move('hematocrit', 0.24, 0.32, 0.015);
  move('rbc', 2.7, 3.6, 0.15);
  move('phosphate', 2.3, 1.8, 0.25);
  move('calcium', 2.0, 2.2, 0.07);
  move('pth', 420, 610, 60);
  move('albumin', 34, 38, 1.5);
  move('ktv', 1.15, 1.34, 0.07);
  move('urr', 62, 70, 3);
  move('ferritin', 140, 380, 50);
}

function sessions(chart: Chart, problems: readonly Problem[], start: number): void {
  let month = '';
  for (let date = dayOf(start); date <= chart.now; date += day) {
    const weekday = weekdayOf(date);
    if (weekday !== 1 && weekday !== 3 && weekday !== 5) continue;
    const at = date + 6.5 * hour + chart.dice.whole(0, 20) * minute;
    if (at > chart.now) break;
    const visit = session(chart, problems, at, weekday === 1 ? 3.1 : 2.3);
    const thisMonth = visitMonth(at);
    if (thisMonth === month) continue;
    month = thisMonth;
    monthlyCare(chart, visit);
  }
}

function session(chart: Chart, problems: readonly Problem[], at: number, gained: number): Visit {
  const { dice, now } = chart;
  const visit = addVisit(chart, { at, kind: 'dialysis', department: 'dialysis', diagnosis: failure, problems: problems.slice(0, 1), reason: 'Lọc máu chu kỳ', facility: mainFacility, lastsMs: 4.5 * hour });
  const before = dryWeight + dice.normal(gained, 0.4);
  measure(chart, visit, { systolic: 2 * dice.whole(70, 84), diastolic: 2 * dice.whole(38, 46), pulse: dice.whole(72, 88), weight: before });
  addProcedure(chart, visit, 'haemodialysis', at + 15 * minute, 4 * hour, `Dịch rút ${((before - dryWeight) * 1000).toFixed(0)} mL`);
  if (visit.end > now) return visit;
  measure(chart, visit, { systolic: 2 * dice.whole(60, 74), diastolic: 2 * dice.whole(34, 43), pulse: dice.whole(70, 90), weight: dryWeight + dice.normal(0.1, 0.15) }, visit.end - 8 * minute);
  add(chart, 'Observation', {
    status: 'final', code: { coding: [{ system: systems.localTest, code: 'ultrafiltration', display: 'Thể tích siêu lọc' }], text: 'Thể tích siêu lọc' },
    subject: chart.patient, encounter: visit.reference, effectiveDateTime: instantText(visit.end), performer: [visit.nurse.reference],
    valueQuantity: quantity(Math.round((before - dryWeight) * 100) * 10, 'mL', 'mL'),
  });
  return visit;
}

function monthlyCare(chart: Chart, visit: Visit): void {
  const quarter = Number(visitMonth(visit.at).slice(5)) % 3 === 0;
  runLaboratory(chart, visit, quarter ? [...monthly, 'pth', 'ferritin'] : monthly);
  prescribe(chart, visit, ['amlodipine10', 'sevelamer', 'calcitriol', 'erythropoietin'], 30);
}

function visitMonth(at: number): string {
  return dateText(at).slice(0, 7);
}
