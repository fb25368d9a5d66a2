// A mother, her newborn who has no name yet, and a pregnant woman with gestational diabetes.
import { clinicHour, day, hour, instantText, minute } from '../calendar.ts';
import { clinicMorning, seeInClinic } from '../care.ts';
import { add, type Chart } from '../chart.ts';
import { addDischargePaper } from '../documents.ts';
import { mainFacility } from '../hospital.ts';
import { addImaging } from '../imaging.ts';
import { runLaboratory } from '../laboratory.ts';
import { bloodCount } from '../laboratory-tests.ts';
import { haNoi } from '../places.ts';
import { prescribe } from '../prescription.ts';
import { addNoKnownAllergy, addProblem } from '../problem.ts';
import { concept, quantity, systems } from '../systems.ts';
import { addProcedure, addVaccination, planReturn } from '../treatment.ts';
import { addVisit } from '../visit.ts';
import { measure, usualVitals } from '../vital-signs.ts';
import type { Story } from './story.ts';

const bornDaysAgo = 3;
const motherName = 'Phạm Thu Trang';
const home = { line: 'Số 45 đường Quang Trung', ward: 'Phường Hà Đông', province: haNoi.name };
const birth = { code: 'O80.0', vi: 'Đẻ thường ngôi đầu' };

export const trang: Story = {
  id: 'pham-thu-trang', name: motherName, sex: 'female', born: '1997-10-20', insurance: 'DN4', province: haNoi, home, build: { height: 158, weight: 63 },
  write: (chart) => {
    addNoKnownAllergy(chart, chart.now - 200 * day);
    antenatal(chart, 280 + bornDaysAgo, { code: 'Z34.0', vi: 'Theo dõi thai bình thường lần đầu' });
    const at = chart.now - bornDaysAgo * day - 7 * hour;
    const stay = addVisit(chart, { at, kind: 'stay', department: 'obstetrics', diagnosis: birth, reason: 'Đau bụng từng cơn, ra nhầy hồng, thai 39 tuần', lastsMs: 2.6 * day, facility: mainFacility });
    measure(chart, stay, usualVitals(chart, at));
    runLaboratory(chart, stay, [...bloodCount, 'inr', 'glucose']);
    addProcedure(chart, stay, 'delivery', at + 6 * hour, hour, 'Một trẻ gái 3100 g, Apgar 9/10, rau sổ tự nhiên, tầng sinh môn khâu 2 mũi.');
    prescribe(chart, stay, ['oxytocin'], 1);
    prescribe(chart, stay, ['iron', 'calcium', 'paracetamol'], 30);
    if (stay.end <= chart.now) addDischargePaper(chart, stay, { course: 'Đỡ đẻ thường, theo dõi sau đẻ', advice: 'Cho bú sớm, bú hoàn toàn bằng sữa mẹ; khám lại sau 6 tuần.' });
  },
};

export const trangsBaby: Story = {
  id: 'con-ba-pham-thu-trang', name: `Con bà ${motherName}`, sex: 'female', born: bornDaysAgo, insurance: 'TE1', province: haNoi, home, build: { height: 0, weight: 0.96 },
  write: (chart) => {
    const { now } = chart;
    add(chart, 'RelatedPerson', {
      active: true, patient: chart.patient, relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH', display: 'mother' }], text: 'Mẹ' }], name: [{ text: motherName, family: 'Phạm', given: ['Thu', 'Trang'] }], gender: 'female', birthDate: '1997-10-20',
    });
    const jaundice = { code: 'P59.9', vi: 'Vàng da sơ sinh' };
    const at = now - bornDaysAgo * day + hour;
    const stay = addVisit(chart, { at, kind: 'stay', department: 'children', diagnosis: jaundice, reason: 'Trẻ sơ sinh đủ tháng, vàng da ngày thứ 2', lastsMs: 4.5 * day, facility: mainFacility });
    addProblem(chart, jaundice, at + 1.6 * day);
    for (let days = 0; days < bornDaysAgo; days++) {
      measure(chart, stay, { pulse: chart.dice.whole(128, 146), breaths: chart.dice.whole(38, 48), temperature: chart.dice.normal(36.9, 0.1), saturation: 98, weight: [3.1, 2.98, 2.95][days]!, ...(days === 0 ? { height: 49, head: 34 } : {}) }, at + days * day + 10 * minute);
    }
    runLaboratory(chart, stay, [...bloodCount, 'bilirubin'], { hemoglobin: 172, hematocrit: 0.52, bilirubin: 212, wbc: 15.2, mcv: 104 }, now - 30 * hour);
    runLaboratory(chart, stay, ['bilirubin'], { bilirubin: 171 }, now - 6 * hour);
    addProcedure(chart, stay, 'phototherapy', now - 28 * hour, 40 * hour);
    addVaccination(chart, 'hepatitisB', at, 1);
  },
};

const diabetes = { code: 'O24.4', vi: 'Đái tháo đường thai kỳ' };

export const ngoc: Story = {
  id: 'hoang-bich-ngoc', name: 'Hoàng Bích Ngọc', sex: 'female', born: '1992-06-09', insurance: 'HC4', province: haNoi, build: { height: 160, weight: 66 }, pressure: { systolic: 112, diastolic: 70 },
  write: (chart) => {
    addNoKnownAllergy(chart, chart.now - 150 * day);
    const problem = addProblem(chart, diabetes, chart.now - 50 * day, 'Nghiệm pháp dung nạp 75 g glucose tuần 25: 5,4 – 10,9 – 8,8 mmol/L.');
    antenatal(chart, 32 * 7, { code: 'Z34.9', vi: 'Theo dõi thai bình thường' });
    const visit = seeInClinic(chart, { at: clinicMorning(chart, 5), department: 'obstetrics', diagnosis: diabetes, problems: [problem], reason: 'Khám thai 32 tuần, đường huyết sau ăn còn cao', facility: mainFacility, lastsMs: 90 * minute },
      { tests: ['glucose', 'hba1c', ...bloodCount], given: { glucose: 5.6, hba1c: 5.8, hemoglobin: 112 }, imaging: 'fetalUltrasound', conclusion: 'Một thai sống ngôi đầu, ước tính cân nặng 2050 g (bách phân vị 78), ối bình thường.', drugs: ['insulinAspart', 'iron', 'calcium'], days: 14, advice: 'Đo đường huyết mao mạch 4 lần/ngày, đếm cử động thai' });
    planReturn(chart, visit, clinicHour(chart.now + 9 * day, 9), 'Siêu âm đánh giá tăng trưởng thai, chỉnh liều insulin', [problem]);
  },
};

function antenatal(chart: Chart, conceivedDaysAgo: number, diagnosis: { code: string; vi: string }): void {
  for (const week of [8, 12, 16, 22, 26, 30, 35, 38]) {
    const at = clinicHour(chart.now - (conceivedDaysAgo - week * 7) * day, 9);
    if (at > chart.now - 12 * day) break;
    const visit = addVisit(chart, { at, kind: 'clinic', department: 'obstetrics', diagnosis, reason: `Khám thai ${week} tuần`, facility: mainFacility });
    measure(chart, visit, usualVitals(chart, at, { weight: chart.build.weight - 12 + week * 0.3 }));
    addFetalHeart(chart, visit.reference, at, week);
    if (week === 12 || week === 26) runLaboratory(chart, visit, [...bloodCount, 'glucose', 'tsh'], { tsh: 1.6 });
    if (week !== 16) addImaging(chart, visit, 'fetalUltrasound', `Một thai sống trong buồng tử cung, tương ứng ${week} tuần, tim thai ${chart.dice.whole(138, 156)} lần/phút.`);
    prescribe(chart, visit, ['iron', 'calcium'], 28);
  }
}

function addFetalHeart(chart: Chart, encounter: object, at: number, week: number): void {
  add(chart, 'Observation', {
    status: 'final', code: concept(systems.loinc, '55283-6', 'Tim thai'), subject: chart.patient, encounter, effectiveDateTime: instantText(at),
    valueQuantity: quantity(chart.dice.whole(136, 158), 'lần/phút', '/min'), note: [{ text: `Thai ${week} tuần` }],
  });
}
