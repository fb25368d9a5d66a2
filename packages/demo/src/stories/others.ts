// Shorter stories: each is here for one thing that screens and searches must get right.
import { acuteIllnesses, type AcuteIllness } from '../acute-illnesses.ts';
import { clinicHour, day, hour, minute, year } from '../calendar.ts';
import { clinicMorning, fallIll, seeInClinic } from '../care.ts';
import type { Chart } from '../chart.ts';
import { carry } from '../course.ts';
import { chronicDisease } from '../diseases.ts';
import { mainFacility } from '../hospital.ts';
import { addImaging } from '../imaging.ts';
import { runLaboratory } from '../laboratory.ts';
import { bloodCount, kidneyTests } from '../laboratory-tests.ts';
import { dienBien, haNoi, hungYen, sonLa } from '../places.ts';
import { prescribe } from '../prescription.ts';
import { addAllergy, addIllness, addNoKnownAllergy, addProblem } from '../problem.ts';
import { addVaccination } from '../treatment.ts';
import { addVisit } from '../visit.ts';
import { measure, usualVitals } from '../vital-signs.ts';
import type { Story } from './story.ts';

/** Asthma from the age of three, seen every quarter: the growth curve must be smooth. */
const bach: Story = {
  id: 'vu-gia-bach', name: 'Vũ Gia Bách', sex: 'male', born: '2019-04-27', insurance: 'HS4', province: haNoi, build: { height: 0, weight: 1.03 },
  write: (chart) => {
    addAllergy(chart, { substance: 'Mạt bụi nhà', category: 'environment', reaction: 'Khò khè, hắt hơi', severity: 'mild', since: chart.person.born + 3.2 * year });
    const asthma = { code: 'J45.0', vi: 'Hen phế quản dị ứng' };
    const problem = addProblem(chart, asthma, chart.person.born + 3.3 * year);
    for (let at = chart.person.born + 3.3 * year; at < chart.now - 20 * day; at += 92 * day) {
      seeInClinic(chart, { at: clinicHour(at, 8.5), department: 'children', diagnosis: asthma, problems: [problem], reason: 'Tái khám hen, ho về đêm 2 lần/tháng', facility: mainFacility },
        { drugs: ['fluticasone', 'salbutamol', 'montelukast'], days: 30, advice: 'Hít thuốc đúng kỹ thuật qua buồng đệm, tránh khói thuốc lá', returnAt: clinicHour(at + 92 * day, 8.5) });
    }
    fallIll(chart, { ...acute('J18.0'), code: 'J45.9', vi: 'Cơn hen cấp mức độ trung bình', complaint: 'Khó thở, khò khè sau cảm lạnh', drugs: ['salbutamol', 'fluticasone'], stayDays: 3, ages: [0, 15] }, chart.person.born + 4.6 * year + 9 * hour);
    addVaccination(chart, 'influenza', chart.now - 60 * day, 1, 'Trạm Y tế phường');
  },
};

const inh: Story = {
  id: 'lo-thi-inh', name: 'Lò Thị Inh', sex: 'female', born: '1979-01-01', people: 'Thái', insurance: 'DT2', province: sonLa, home: { line: 'Bản Phiêng', ward: 'Xã Thuận Châu', province: sonLa.name },
  write: (chart) => followDisease(chart, 'E05.0', 1.5, 5),
};

const pao: Story = {
  id: 'giang-a-pao', name: 'Giàng A Páo', sex: 'male', born: '1961-01-01', people: "H'Mông", insurance: 'DT2', province: dienBien, home: { line: 'Bản Nậm Chim', ward: 'Xã Nậm Kè', province: dienBien.name }, build: { height: 158, weight: 46 },
  write: (chart) => {
    addNoKnownAllergy(chart, chart.now - 300 * day);
    followDisease(chart, 'J44.9', 6, 5);
    fallIll(chart, { ...acute('J18.9'), code: 'J44.1', vi: 'Đợt cấp bệnh phổi tắc nghẽn mạn tính', saturation: 88, stayDays: 9 }, chart.now - 40 * day);
  },
};

/** Same name, born nine days apart: mixing them up is the mistake to prevent. */
const hungEarlier: Story = {
  id: 'nguyen-van-hung-12', name: 'Nguyễn Văn Hùng', sex: 'male', born: '1975-05-12', insurance: 'DN4', province: haNoi,
  write: (chart) => {
    addAllergy(chart, { substance: 'Diclofenac', atc: 'M01AB05', category: 'medication', reaction: 'Phản vệ độ III: sốc', severity: 'severe', since: chart.now - 5 * year });
    followDisease(chart, 'M10.9', 4, 4);
  },
};

const hungLater: Story = {
  id: 'nguyen-van-hung-21', name: 'Nguyễn Văn Hùng', sex: 'male', born: '1975-05-21', insurance: 'GD4', province: haNoi,
  write: (chart) => {
    addNoKnownAllergy(chart, chart.now - 100 * day);
    followDisease(chart, 'K29.7', 2, 3);
  },
};

/** The mark of "oa" over the last vowel (Hoà) … */
const hoaNew: Story = {
  id: 'dang-thi-hoa-1958', name: 'Đặng Thị Hoà', sex: 'female', born: '1958-11-30', insurance: 'HT3', province: hungYen, write: (chart) => followDisease(chart, 'M17.1', 5, 5),
};

/** … and over the first (Hòa): one name to a reader, two strings to a computer. */
const hoaOld: Story = {
  id: 'dang-thi-hoa-1984', name: 'Đặng Thị Hòa', sex: 'female', born: '1984-02-17', insurance: 'DN4', province: haNoi, write: (chart) => followDisease(chart, 'E03.9', 3, 5),
};

/** In a bed today. */
const khang: Story = {
  id: 'phan-dinh-khang', name: 'Phan Đình Khang', sex: 'male', born: '1942-03-03', insurance: 'HT3', province: haNoi, build: { height: 162, weight: 57 }, pressure: { systolic: 118, diastolic: 70 },
  write: (chart) => {
    followDisease(chart, 'I50.9', 4, 6);
    const flutter = addProblem(chart, { code: 'I48.9', vi: 'Rung nhĩ' }, chart.now - 2 * year);
    const failure = { code: 'I50.0', vi: 'Suy tim sung huyết, đợt mất bù' };
    const at = chart.now - 2.2 * day;
    const stay = addVisit(chart, { at, kind: 'stay', department: 'cardiology', diagnosis: failure, problems: [flutter], reason: 'Khó thở tăng dần, phải nằm đầu cao, phù hai chân', lastsMs: 7 * day, facility: mainFacility });
    addIllness(chart, stay, at + 9 * day);
    for (let hours = 0; at + hours * hour < chart.now; hours += 8) measure(chart, stay, usualVitals(chart, at, { saturation: hours < 20 ? 91 : 95, pulse: chart.dice.whole(84, 108), weight: 60.5 - hours / 20 }), at + hours * hour);
    runLaboratory(chart, stay, ['proBnp', 'troponin', 'inr', ...kidneyTests, ...bloodCount], { proBnp: 6840, egfr: 38, potassium: 3.3, inr: 2.4, sodium: 132 });
    runLaboratory(chart, stay, [...kidneyTests, 'inr'], { egfr: 41, potassium: 3.9, inr: 2.6 }, chart.now - 5 * hour);
    addImaging(chart, stay, 'echocardiogram', 'Thất trái giãn, giảm vận động toàn bộ, EF Simpson 32 %. Hở hai lá vừa, áp lực động mạch phổi 48 mmHg.');
    prescribe(chart, stay, ['furosemide', 'spironolactone', 'bisoprolol', 'warfarin'], 7);
  },
};

/** In the emergency department now. */
const bay: Story = {
  id: 'vo-thi-bay', name: 'Võ Thị Bảy', sex: 'female', born: '1934-07-15', insurance: 'CC1', province: haNoi, pressure: { systolic: 168, diastolic: 92 },
  write: (chart) => {
    followDisease(chart, 'I10', 10, 3);
    const stroke = { code: 'I63.9', vi: 'Nhồi máu não' };
    const visit = addVisit(chart, { at: chart.now - 100 * minute, kind: 'emergency', department: 'emergency', diagnosis: stroke, reason: 'Đột ngột nói khó, yếu nửa người phải lúc 6 giờ sáng', facility: mainFacility });
    addIllness(chart, visit, chart.now + 90 * day);
    measure(chart, visit, usualVitals(chart, visit.at, { systolic: 186, diastolic: 98, saturation: 96 }));
    runLaboratory(chart, visit, [...bloodCount, 'glucose', 'inr', ...kidneyTests], { glucose: 8.4 });
    addImaging(chart, visit, 'headCt', 'Ổ giảm tỷ trọng vùng bao trong trái, không thấy chảy máu. ASPECTS 8.');
  },
};

const duc: Story = {
  id: 'huynh-minh-duc', name: 'Huỳnh Minh Đức', sex: 'male', born: '1981-12-05', insurance: 'DN4', province: hungYen, write: (chart) => followDisease(chart, 'B18.1', 2.5, 9),
};

export const otherStories = { bach, inh, pao, hungEarlier, hungLater, hoaNew, hoaOld, khang, bay, duc };

function followDisease(chart: Chart, code: string, years: number, visits: number): void {
  const disease = chronicDisease(code);
  const { problem, onset } = carry(chart, disease, chart.now - years * year);
  for (let i = visits - 1; i >= 0; i--) {
    const at = clinicMorning(chart, 12 + (i * (chart.now - onset - 40 * day)) / day / Math.max(1, visits - 1));
    seeInClinic(chart, { at, department: disease.department, diagnosis: disease, problems: [problem], reason: disease.complaint, facility: mainFacility, lastsMs: 90 * minute },
      { tests: disease.tests, drugs: disease.drugs.slice(0, i < visits / 2 ? 3 : 2), days: disease.revisitDays, advice: disease.advice, 
        ...(disease.imaging !== undefined && i % 2 === 0 ? { imaging: disease.imaging } : {}), ...(i === 0 ? { returnAt: clinicHour(at + disease.revisitDays * day, 8.5) } : {}) });
  }
}

function acute(code: string): AcuteIllness {
  return acuteIllnesses.find((one) => one.code === code)!;
}
