// The start of every chart: who the person is and how they are insured.
import { ageAt, dateText, parseLocal, yearOf } from './calendar.ts';
import { add, type Chart, type Depth, type Person } from './chart.ts';
import type { Dice } from './dice.ts';
import { type Facility, payer } from './hospital.ts';
import { pickName } from './names.ts';
import { citizenNumber, hospitalNumber, type InsuranceClass, insuranceCard, mobileNumber, pickInsurance } from './numbers.ts';
import { address, type Home, pickHome, pickProvince, type Province } from './places.ts';
import type { Staff } from './staff.ts';
import { hl7Concept, systems } from './systems.ts';

export interface ChartPlan {
  readonly key: string;
  readonly person: Person;
  readonly dice: Dice;
  readonly now: number;
  readonly depth: Depth;
  readonly staff: Staff;
  readonly facility: Facility;
  readonly province?: Province;
  readonly home?: Home;
  readonly insurance?: InsuranceClass;
  readonly hospitalNumber?: string;
  readonly build?: { height: number; weight: number };
  readonly pressure?: { systolic: number; diastolic: number };
}

/** Opens a chart: Patient and Coverage are its first resources. */
export function openChart(plan: ChartPlan): Chart {
  const { dice, person } = plan;
  const province = plan.province ?? pickProvince(dice);
  const age = ageAt(person.born, plan.now);
  const insurance = plan.insurance ?? pickInsurance(dice, age, person.people !== 'Kinh');
  const birthCode = dice.pick(province.birthCodes);
  const home = plan.home ?? pickHome(dice, province);
  const chart: Chart = {
    ...plan,
    patient: { reference: `Patient/${plan.key}`, display: person.name.text },
    hospitalNumber: plan.hospitalNumber ?? hospitalNumber(dice.whole(Math.min(Math.max(2014, yearOf(person.born)), yearOf(plan.now)), yearOf(plan.now)), dice.whole(1000, 998_000)),
    insurance, insuranceNumber: insuranceCard(dice, insurance, birthCode),
    trends: new Map(), build: plan.build ?? pickBuild(dice, person, age), pressure: plan.pressure ?? { systolic: 108 + Math.round(age / 4), diastolic: 68 + Math.round(age / 12) },
    resources: [],
  };
  chart.resources.push(patientResource(chart, birthCode, home, age));
  addCoverage(chart);
  return chart;
}

function pickBuild(dice: Dice, person: Person, age: number): { height: number; weight: number } {
  // Below 18 `weight` is the child's place beside the median line of growth.
  if (age < 18) return { height: 0, weight: dice.normal(0.97, 0.07) };
  const height = Math.round(dice.normal(person.sex === 'male' ? 167 : 156, 5) - Math.max(0, age - 50) * 0.1);
  return { height, weight: Number((dice.normal(22.4, 2.4) * (height / 100) ** 2).toFixed(1)) };
}

/** Picks a person: newborn to 95 years, older people more often because they come more often. */
export function pickPerson(dice: Dice, now: number, people: Person['people']): Person {
  const sex = dice.chance(0.53) ? 'female' : 'male';
  const age = dice.weighted([[dice.between(0, 6), 14], [dice.between(6, 18), 10], [dice.between(18, 40), 22], [dice.between(40, 65), 30], [dice.between(65, 82), 19], [dice.between(82, 95.9), 5]]);
  const born = parseLocal(dateText(now - age * 365.25 * 86_400_000));
  return { name: pickName(dice, people, sex, yearOf(born)), sex, born, people };
}

function patientResource(chart: Chart, birthCode: string, home: Home, age: number): Chart['resources'][number] {
  const { person, dice } = chart;
  const phone = mobileNumber(dice);
  return {
    resourceType: 'Patient', id: chart.key, active: true,
    identifier: [
      { use: 'usual', type: hl7Concept('v2-0203', 'MR', 'Medical record number'), system: systems.hospitalNumber, value: chart.hospitalNumber, assigner: chart.facility.organization },
      { use: 'official', type: hl7Concept('v2-0203', 'NI', 'National unique individual identifier'), system: systems.citizen, value: citizenNumber(dice, birthCode, person.sex, person.born) },
      { use: 'official', type: hl7Concept('v2-0203', 'MB', 'Member Number'), system: systems.insuranceCard, value: chart.insuranceNumber },
    ],
    name: [{ use: 'official', text: person.name.text, family: person.name.family, given: person.name.given }],
    ...(age < 16 ? {} : { telecom: [{ system: 'phone', value: phone, use: 'mobile', rank: 1 }] }),
    gender: person.sex, birthDate: dateText(person.born), address: [address(home)],
    ...(age < 22 ? {} : { maritalStatus: age < 28 && dice.chance(0.6) ? single : married }),
    contact: [nextOfKin(chart, age, phone)],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'vi', display: 'Tiếng Việt' }] }, preferred: true }],
    managingOrganization: chart.facility.organization,
  };
}

const single = hl7Concept('v3-MaritalStatus', 'S', 'Never Married');
const married = hl7Concept('v3-MaritalStatus', 'M', 'Married');

function nextOfKin(chart: Chart, age: number, phone: string): object {
  const { person, dice } = chart;
  const [relation, sex, born, family] = age < 22
    ? (['Mẹ', 'female', yearOf(person.born) - dice.whole(22, 36), undefined] as const)
    : age < 65
      ? ([person.sex === 'male' ? 'Vợ' : 'Chồng', person.sex === 'male' ? 'female' : 'male', yearOf(person.born) + dice.whole(-3, 4), undefined] as const)
      : ([person.sex === 'male' ? 'Con trai' : 'Con gái', person.sex, yearOf(person.born) + dice.whole(24, 36), person.sex === 'male' ? person.name.family : undefined] as const);
  const name = pickName(dice, person.people, sex, born);
  const text = family === undefined ? name.text : [family, ...name.given].join(' ');
  return {
    relationship: [{ text: relation }], name: { text, family: family ?? name.family, given: name.given }, gender: sex,
    telecom: [{ system: 'phone', value: age < 16 ? phone : mobileNumber(dice), use: 'mobile' }],
  };
}

function addCoverage(chart: Chart): void {
  const thisYear = yearOf(chart.now);
  const start = Math.max(chart.person.born, parseLocal(`${thisYear}-01-01`));
  add(chart, 'Coverage', {
    identifier: [{ system: systems.insuranceCard, value: chart.insuranceNumber }], status: 'active',
    type: { ...hl7Concept('v3-ActCode', 'PUBLICPOL', 'public healthcare'), text: 'Bảo hiểm y tế' },
    subscriberId: chart.insuranceNumber, beneficiary: chart.patient, relationship: hl7Concept('subscriber-relationship', 'self', 'Self'),
    period: { start: dateText(start), end: `${thisYear}-12-31` }, payor: [payer],
    class: [{ type: hl7Concept('coverage-class', 'group', 'Group'), value: chart.insurance.code, name: `${chart.insurance.name}, hưởng ${chart.insurance.percent}%` }],
    costToBeneficiary: [{
      type: hl7Concept('coverage-copay-type', 'copaypct', 'Copay Percentage'),
      valueQuantity: { value: 100 - chart.insurance.percent, unit: '%', system: systems.ucum, code: '%' },
    }],
  });
}
