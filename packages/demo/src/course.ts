// The life with the hospital of a person who has no story of their own: chronic diseases, illnesses, vaccinations, growth.
import { acuteIllnesses } from './acute-illnesses.ts';
import { ageAt, clinicHour, day, minute, parseLocal, year } from './calendar.ts';
import { clinicMorning, fallIll, seeInClinic } from './care.ts';
import type { Chart, Problem } from './chart.ts';
import { chronicDiseases, type ChronicDisease } from './diseases.ts';
import type { DrugKey } from './drugs.ts';
import type { TestKey } from './laboratory-tests.ts';
import { addAllergy, addNoKnownAllergy, addProblem, commonAllergies } from './problem.ts';
import { addVaccination, type VaccineKey } from './treatment.ts';

interface Carried {
  readonly disease: ChronicDisease;
  readonly problem: Problem;
  readonly onset: number;
}

/** Fills a chart with a believable course after the person's age and sex. */
export function liveCourse(chart: Chart): void {
  const age = ageAt(chart.person.born, chart.now);
  const full = chart.depth === 'full';
  addAllergies(chart);
  const carried = pickDiseases(chart, age);
  if (age < 16) growUp(chart, age);
  if (full) vaccinate(chart, age);
  for (const one of carried) follow(chart, one, carried);
  const illnesses = full ? chart.dice.whole(carried.length === 0 ? 2 : 1, carried.length === 0 ? 3 : 2) : carried.length === 0 ? 2 : 1;
  for (let i = 0; i < illnesses; i++) catchSomething(chart, i);
  if (full && carried.length > 0 && chart.dice.chance(0.3)) comeToday(chart, carried);
}

function addAllergies(chart: Chart): void {
  const { dice } = chart;
  if (dice.chance(0.16)) addAllergy(chart, { ...dice.pick(commonAllergies), since: Math.max(chart.person.born, chart.now - dice.whole(200, 4000) * day) });
  else if (dice.chance(0.5)) addNoKnownAllergy(chart, Math.max(chart.person.born, chart.now - dice.whole(30, 900) * day));
}

function pickDiseases(chart: Chart, age: number): Carried[] {
  const { dice, person, now } = chart;
  const limit = chart.depth === 'full' ? 2 : 1;
  const carried: Carried[] = [];
  for (const disease of chronicDiseases) {
    if (carried.length === limit) break;
    if (age < disease.fromAge || (disease.sex !== undefined && disease.sex !== person.sex)) continue;
    if (dice.chance(disease.share)) carried.push(carry(chart, disease, now - dice.between(0.4, Math.min(12, age - disease.fromAge + 0.6)) * year));
  }
  return carried;
}

/** Puts a chronic disease on the problem list and lets it move the laboratory values. */
export function carry(chart: Chart, disease: ChronicDisease, wanted: number): Carried {
  // The hospital's records begin in 2014.
  const onset = Math.max(wanted, parseLocal('2014-02-01'));
  const problem = addProblem(chart, disease, onset);
  for (const [key, start, goal, years, spread] of disease.shifts) chart.trends.set(key, { from: onset, start, goal, years, spread });
  return { disease, problem, onset };
}

function follow(chart: Chart, one: Carried, all: readonly Carried[]): void {
  const { dice, now } = chart;
  const { disease, onset } = one;
  const visits = chart.depth === 'full' ? dice.whole(2, 3) : 1;
  const gap = Math.max(disease.revisitDays, Math.min(180, (now - onset) / day / visits));
  const lastAgo = dice.whole(2, disease.revisitDays - 2);
  const problems = all.map((carried) => carried.problem);
  for (let i = visits - 1; i >= 0; i--) {
    const at = clinicMorning(chart, lastAgo + i * gap);
    if (at < onset) continue;
    const settled = 1 - Math.exp(-(at - onset) / (0.6 * year));
    const pressure = { systolic: Math.round(chart.pressure.systolic + (disease.systolic ?? 0) * (1.2 - settled)) };
    const drugs = disease.drugs.slice(0, Math.min(disease.drugs.length, 1 + Math.floor(3 * settled)));
    seeInClinic(chart, { at, department: disease.department, diagnosis: disease, problems, reason: disease.complaint, lastsMs: 100 * minute }, {
      tests: chart.depth === 'full' || disease.tests.length < 5 ? disease.tests : disease.tests.slice(0, 4), drugs, days: disease.revisitDays, advice: disease.advice,
      ...(disease.systolic === undefined ? {} : { vitals: pressure }),
      ...(disease.imaging !== undefined && i % 3 === 0 && chart.depth === 'full' ? { imaging: disease.imaging } : {}),
      ...(i === 0 ? { returnAt: clinicHour(at + disease.revisitDays * day, 8) } : {}),
    });
  }
}

function catchSomething(chart: Chart, index: number): void {
  const { dice, person, now } = chart;
  const reach = Math.min(chart.depth === 'full' ? 2400 : 900, (now - person.born) / day - 20);
  if (reach < 5) return;
  const daysAgo = index === 0 && dice.chance(0.15) ? dice.whole(1, 3) : dice.between(4, reach);
  const at = clinicMorning(chart, Math.min(daysAgo, reach));
  const age = ageAt(person.born, at);
  const fitting = acuteIllnesses.filter((one) => age >= one.ages[0] && age <= one.ages[1] && (one.sex === undefined || one.sex === person.sex));
  if (at < person.born || fitting.length === 0) return;
  fallIll(chart, dice.weighted(fitting.map((one) => [one, one.weight] as const)), at);
}

function comeToday(chart: Chart, carried: readonly Carried[]): void {
  const { disease } = carried[0]!;
  const tests: readonly TestKey[] = chart.dice.chance(0.5) ? disease.tests : [];
  const drugs: readonly DrugKey[] = disease.drugs.slice(0, 2);
  seeInClinic(chart, {
    at: chart.now - chart.dice.whole(3, 26) * minute, department: disease.department, diagnosis: disease, lastsMs: 60 * minute,
    problems: carried.map((one) => one.problem), reason: disease.complaint,
  }, { tests, drugs, days: disease.revisitDays, advice: disease.advice });
}

const checkUp = { code: 'Z00.1', vi: 'Khám sức khỏe trẻ em định kỳ' };

function growUp(chart: Chart, age: number): void {
  const { person, now, dice } = chart;
  const months = chart.depth === 'full' ? [2, 6, 12, 24, 48, 72, 120] : [6];
  for (const month of months) {
    const at = clinicHour(person.born + month * 30.44 * day, dice.between(8, 11));
    if (at + 60 * minute > now || month / 12 > age + 0.9) break;
    const head = month < 24 ? { head: 38 + month * 0.62 - month * month * 0.013 } : {};
    seeInClinic(chart, { at, department: 'children', diagnosis: checkUp, reason: 'Khám theo dõi phát triển' },
      { vitals: head, drugs: [], days: 0, advice: 'Trẻ phát triển bình thường, tiêm chủng đúng lịch' });
  }
}

// Vietnam's expanded programme: vaccine, dose, months of age.
const schedule: readonly (readonly [VaccineKey, number, number])[] = [
  ['hepatitisB', 1, 0], ['bcg', 1, 0.3], ['fiveInOne', 1, 2], ['fiveInOne', 2, 3], ['fiveInOne', 3, 4], ['polio', 1, 5], ['measles', 1, 9], ['polio', 2, 9.2], ['measlesRubella', 1, 18],
];

function vaccinate(chart: Chart, age: number): void {
  const { person, now, dice } = chart;
  const station = 'Trạm Y tế nơi cư trú';
  if (age < 10) {
    for (const [key, dose, month] of schedule) {
      const at = person.born + (month * 30.44 + dice.between(1, 9)) * day;
      if (at < now) addVaccination(chart, key, at, dose, month === 0 ? undefined : station);
    }
    return;
  }
  if (age >= 18) for (let dose = 1; dose <= 3; dose++) addVaccination(chart, 'covid', parseLocal('2021-08-10') + (dose * 60 + dice.whole(0, 30)) * day, dose, station);
  if (age >= 60 && dice.chance(0.4)) addVaccination(chart, 'influenza', now - dice.whole(20, 330) * day, 1);
}
