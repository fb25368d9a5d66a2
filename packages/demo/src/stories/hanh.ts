// Nguyễn Thị Hạnh: type 2 diabetes since 2014, hypertension that resists three drugs, kidneys slowly failing, penicillin anaphylaxis.
import { clinicHour, day, instantText, minute, parseLocal, year } from '../calendar.ts';
import { clinicMorning, fallIll, seeInClinic } from '../care.ts';
import { add, type Chart, type Problem } from '../chart.ts';
import type { DrugKey } from '../drugs.ts';
import { mainFacility } from '../hospital.ts';
import { runLaboratory } from '../laboratory.ts';
import { kidneyTests, lipidTests, type TestKey } from '../laboratory-tests.ts';
import { haNoi } from '../places.ts';
import { addAllergy, addIllness, addProblem } from '../problem.ts';
import { concept, hl7Concept, systems } from '../systems.ts';
import { addVaccination, planReturn } from '../treatment.ts';
import { addVisit } from '../visit.ts';
import { acuteIllnesses } from '../acute-illnesses.ts';
import type { Story } from './story.ts';

const diabetes = { code: 'E11.2', vi: 'Đái tháo đường típ 2, biến chứng thận' };
const hypertension = { code: 'I10', vi: 'Tăng huyết áp kháng trị' };
const panel: readonly TestKey[] = ['hba1c', 'glucose', ...kidneyTests, ...lipidTests, 'acr'];

export const hanh: Story = {
  id: 'nguyen-thi-hanh', name: 'Nguyễn Thị Hạnh', sex: 'female', born: '1968-03-14', hospitalNumber: '26.014.582', insurance: 'GD4', province: haNoi,
  home: { line: 'Số 12 ngõ 68 đường Nguyễn Khang', ward: 'Phường Yên Hoà', province: haNoi.name },
  build: { height: 156, weight: 61.5 }, pressure: { systolic: 150, diastolic: 88 }, write,
};

function write(chart: Chart): void {
  addAllergy(chart, { substance: 'Penicilin', atc: 'J01C', category: 'medication', reaction: 'Phản vệ độ II: mày đay, khó thở, tụt huyết áp', severity: 'severe', since: parseLocal('2019-06-18') });
  setTrends(chart);
  const problems = [
    addProblem(chart, diabetes, parseLocal('2014-05-06')),
    addProblem(chart, hypertension, parseLocal('2016-09-13'), 'Huyết áp chưa đạt dù dùng đủ ba thuốc, trong đó có lợi tiểu.'),
    addProblem(chart, { code: 'E78.5', vi: 'Rối loạn lipid máu' }, parseLocal('2016-09-13')),
    addProblem(chart, { code: 'N18.3', vi: 'Bệnh thận mạn, giai đoạn G3a A2' }, parseLocal('2025-02-18'), 'Chỉnh liều thuốc theo mức lọc cầu thận.'),
  ];
  fallIll(chart, { ...acuteIllnesses.find((one) => one.code === 'J18.9')!, drugs: ['levofloxacin', 'paracetamol', 'acetylcysteine'] }, parseLocal('2019-06-20T09:10'));
  pastVisits(chart, problems);
  recentVisits(chart, problems);
}

function setTrends(chart: Chart): void {
  const since = parseLocal('2014-05-06');
  const move = (key: TestKey, start: number, goal: number, years: number, spread: number): void => void chart.trends.set(key, { from: since, start, goal, years, spread });
  move('hba1c', 9.6, 7.7, 1.2, 0.25);
  move('glucose', 12.8, 8.1, 1, 0.6);
  move('egfr', 96, 42, 9.5, 1.4);
  move('acr', 1.2, 10.5, 8, 0.7);
  move('ldl', 4.2, 2.1, 2, 0.2);
  move('cholesterol', 6.4, 4.2, 2, 0.25);
  move('triglyceride', 3.4, 2.0, 3, 0.3);
  move('potassium', 4.1, 5.0, 9, 0.12);
}

function regimen(at: number): DrugKey[] {
  const years = (at - parseLocal('2014-05-06')) / year;
  const drugs: DrugKey[] = ['metformin'];
  if (years > 1 && years < 8.5) drugs.push('gliclazide');
  if (years > 8.5) drugs.push('empagliflozin');
  if (years > 2.3) drugs.push(years > 6 ? 'losartan' : 'losartan50', years > 9 ? 'amlodipine10' : 'amlodipine', 'atorvastatin');
  return drugs;
}

function pastVisits(chart: Chart, problems: readonly Problem[]): void {
  const quang = chart.staff.members.find((one) => one.id === 'le-minh-quang')!;
  for (let at = parseLocal('2014-05-06T08:20'); at < chart.now - 200 * day; at += 168 * day) {
    const known = problems.filter((one) => one.code === 'E11.2' || at > parseLocal(one.code === 'N18.3' ? '2025-02-18' : '2016-09-13'));
    seeInClinic(chart, { at: clinicHour(at, 8.4), department: 'endocrine', diagnosis: diabetes, problems: known, reason: 'Tái khám đái tháo đường', doctor: quang, facility: mainFacility, lastsMs: 90 * minute },
      { tests: panel, drugs: regimen(at), days: 28, advice: 'Ăn giảm tinh bột, đi bộ 30 phút mỗi ngày, tái khám đúng hẹn', vitals: { systolic: at > parseLocal('2016-09-13') ? chart.dice.whole(138, 152) : 128, diastolic: chart.dice.whole(80, 90) } });
  }
  // Stopped when kidney protection by an SGLT2 inhibitor became possible.
  const change = seeInClinic(chart, { at: parseLocal('2022-11-15T08:30'), department: 'endocrine', diagnosis: diabetes, problems: problems.slice(0, 3), reason: 'Hạ đường huyết nhẹ buổi trưa hai lần trong tháng', doctor: quang, lastsMs: 90 * minute },
    { drugs: ['metformin', 'gliclazide', 'losartan', 'amlodipine', 'atorvastatin'], days: 28, stop: { drug: 'gliclazide', reason: 'Hạ đường huyết; chuyển sang empagliflozin' }, advice: 'Nhận biết và xử trí hạ đường huyết' });
  runLaboratory(chart, change, ['glucose'], { glucose: 3.6 });
}

function recentVisits(chart: Chart, problems: Problem[]): void {
  const { now } = chart;
  const quang = chart.staff.members.find((one) => one.id === 'le-minh-quang')!;
  const lan = chart.staff.members.find((one) => one.id === 'vu-thi-lan')!;
  const hang = chart.staff.members.find((one) => one.id === 'do-thu-hang')!;
  const drugs = [...regimen(now), 'indapamide'] as DrugKey[];
  const clinic = { department: 'endocrine', diagnosis: hypertension, doctor: quang, nurse: lan, facility: mainFacility } as const;
  seeInClinic(chart, { ...clinic, at: clinicMorning(chart, 91), problems, reason: 'Tái khám, huyết áp chưa đạt', lastsMs: 80 * minute },
    { tests: panel, given: { egfr: 61, acr: 7.2, hba1c: 8.1 }, vitals: { systolic: 150, diastolic: 88, weight: 62.1, height: 156 }, drugs, days: 28, advice: 'Ăn giảm muối dưới 5 g/ngày', plan: 'Thêm indapamid SR 1,5 mg vì HA 150/88' });
  for (const ago of [53, 25]) seeInClinic(chart, { ...clinic, at: clinicMorning(chart, ago), problems, reason: 'Lĩnh thuốc định kỳ, HA ở nhà còn cao' }, { drugs, days: 28, advice: 'Đo huyết áp tại nhà sáng và tối' });
  addVaccination(chart, 'influenza', now - 49 * day, 1, 'Trạm Y tế phường Yên Hoà');
  const eye = addVisit(chart, { at: clinicMorning(chart, 42), kind: 'clinic', department: 'eye', diagnosis: { code: 'H36.0', vi: 'Bệnh võng mạc đái tháo đường không tăng sinh, mức độ nhẹ' }, reason: 'Soi đáy mắt định kỳ người bệnh đái tháo đường', doctor: hang, facility: mainFacility });
  add(chart, 'DiagnosticReport', {
    status: 'final', category: [hl7Concept('v2-0074', 'OTH', 'Other')], code: concept(systems.localTest, 'fundusPhoto', 'Chụp đáy mắt'), subject: chart.patient, encounter: eye.reference,
    effectiveDateTime: instantText(eye.at), issued: instantText(eye.end), performer: [hang.reference],
    conclusion: 'Vài vi phình mạch và xuất huyết chấm ở cực sau hai mắt, không phù hoàng điểm: bệnh võng mạc ĐTĐ không tăng sinh, mức độ nhẹ.',
  });
  problems.push(addIllness(chart, eye, now + 365 * day));
  const before = addVisit(chart, { at: clinicMorning(chart, 3), kind: 'clinic', department: 'laboratory', diagnosis: diabetes, problems, reason: 'Xét nghiệm trước khám', facility: mainFacility });
  runLaboratory(chart, before, panel, { hba1c: 7.8, glucose: 8.2, egfr: 54, potassium: 4.8, ldl: 2.1, acr: 8.4 });
  const today = seeInClinic(chart, { ...clinic, at: now - 16 * minute, problems, reason: 'Tái khám, huyết áp chưa đạt', lastsMs: 40 * minute },
    { vitals: { systolic: 152, diastolic: 88, pulse: 78, temperature: 36.7, saturation: 98, weight: 61.5, height: 156 }, drugs: [], days: 28, advice: 'Ăn giảm muối', findings: 'Không phù, tim đều, phổi trong.', plan: 'Cân nhắc thêm spironolacton 25 mg; kiểm tra kali và creatinin sau 7 ngày' });
  planReturn(chart, today, clinicHour(now + 28 * day, 8.25), 'HA mục tiêu dưới 130/80 mmHg, HbA1c dưới 7,5%; kiểm tra kali sau 7 ngày', problems);
}
