import { ageAt, hour, instantText, minute } from './calendar.ts';
import { add, type Chart, type Visit } from './chart.ts';
import { departmentOf, type Reference } from './hospital.ts';
import { laboratoryTests, type LaboratoryTest, type PanelKey, panels, type Range, type TestKey } from './laboratory-tests.ts';
import { type Concept, hl7Concept, quantity, systems } from './systems.ts';
import { creatinineFor, egfrFrom, type TrendKey, valueAt } from './trends.ts';

export type Given = Partial<Record<TrendKey, number>>;

const labCategory = [hl7Concept('observation-category', 'laboratory', 'Laboratory')];
const reportCategory = [hl7Concept('v2-0074', 'LAB', 'Laboratory')];
const codes = new Map<string, Concept>();

/** Adds an order, its results and a report for each panel touched; values follow the person's trends unless given. */
export function runLaboratory(chart: Chart, visit: Visit, tests: readonly TestKey[], given: Given = {}, at = visit.at + 12 * minute): void {
  const byPanel = new Map<PanelKey, TestKey[]>();
  for (const key of new Set(tests)) {
    const panel = laboratoryTests[key].panel;
    byPanel.set(panel, [...(byPanel.get(panel) ?? []), key]);
  }
  const values = valuesOf(chart, [...byPanel.values()].flat(), given, at);
  for (const [panel, keys] of byPanel) runPanel(chart, visit, panel, keys, values, at);
}

function valuesOf(chart: Chart, keys: readonly TestKey[], given: Given, at: number): Given {
  const { dice, trends, person } = chart;
  const values: Given = {};
  for (const key of keys) values[key] = given[key] ?? valueAt(trends, key, at, person.sex, dice);
  if (!keys.includes('creatinine') && !keys.includes('egfr')) return values;
  // The two are one measurement: eGFR leads, creatinine is rounded as the analyser prints it, eGFR is told from the print.
  const age = ageAt(person.born, at);
  const egfr = given.egfr ?? (trends.has('egfr') ? valueAt(trends, 'egfr', at, person.sex, dice) : dice.normal(Math.max(66, 122 - age * 0.75), 5));
  values.creatinine = given.creatinine ?? Math.round(creatinineFor(Math.max(egfr, 4), age, person.sex));
  values.egfr = egfrFrom(values.creatinine, age, person.sex);
  return values;
}

function runPanel(chart: Chart, visit: Visit, panelKey: PanelKey, keys: readonly TestKey[], values: Given, at: number): void {
  const panel = panels[panelKey];
  const laboratory = departmentOf(visit.facility, 'laboratory');
  const doctors = chart.staff.doctorsOf(visit.facility, 'laboratory');
  const signer = doctors[at % doctors.length === 0 ? 0 : doctors.length - 1]!;
  const issued = at + hour + 10 * minute;
  const done = issued <= chart.now;
  const code = conceptOf(panel.loinc, panelKey, panel.vi);
  const order = addOrder(chart, visit, code, 'Laboratory', done);
  if (!done) return;
  const results = keys.map((key) => addResult(chart, visit, key, values[key]!, { at, issued, order, performer: laboratory.organization }));
  add(chart, 'DiagnosticReport', {
    basedOn: [order], status: 'final', category: reportCategory, code, subject: chart.patient, encounter: visit.reference,
    effectiveDateTime: instantText(at), issued: instantText(issued),
    performer: [laboratory.organization], resultsInterpreter: [signer.reference], result: results,
  });
}

const orderCategories = {
  Laboratory: { coding: [{ system: systems.snomed, code: '108252007', display: 'Laboratory procedure' }], text: 'Xét nghiệm' },
  Imaging: { coding: [{ system: systems.snomed, code: '363679005', display: 'Imaging' }], text: 'Chẩn đoán hình ảnh' },
};

/** Adds a request for a test or an image, completed or still waiting. */
export function addOrder(chart: Chart, visit: Visit, code: Concept, kind: 'Laboratory' | 'Imaging', done: boolean): Reference {
  const place = departmentOf(visit.facility, kind === 'Laboratory' ? 'laboratory' : 'imaging');
  return add(chart, 'ServiceRequest', {
    status: done ? 'completed' : 'active', intent: 'order', category: [orderCategories[kind]], performer: [place.organization],
    code, subject: chart.patient, encounter: visit.reference, authoredOn: instantText(Math.min(visit.at + 9 * minute, chart.now)), requester: visit.doctor.reference,
    reasonCode: [{ text: visit.diagnosis.vi }],
  });
}

interface ResultFrame {
  readonly at: number;
  readonly issued: number;
  readonly order: Reference;
  readonly performer: Reference;
}

function addResult(chart: Chart, visit: Visit, key: TestKey, raw: number, frame: ResultFrame): Reference {
  const test = laboratoryTests[key];
  const value = Number(raw.toFixed(test.decimals));
  const range = chart.person.sex === 'female' && test.female !== undefined ? test.female : test.range;
  const flag = interpretation(value, range, test.critical);
  return add(chart, 'Observation', {
    basedOn: [frame.order], status: 'final', category: labCategory, code: conceptOf(test.loinc, key, test.vi),
    subject: chart.patient, encounter: visit.reference, effectiveDateTime: instantText(frame.at), issued: instantText(frame.issued),
    performer: [frame.performer], valueQuantity: resultQuantity(test, value),
    ...(flag === undefined ? {} : { interpretation: [flag] }),
    referenceRange: [referenceRange(test, range)],
  });
}

function resultQuantity(test: LaboratoryTest, value: number): object {
  return test.unit === '' ? { value, system: systems.ucum, code: test.ucum } : quantity(value, test.unit, test.ucum);
}

function referenceRange(test: LaboratoryTest, [low, high]: Range): object {
  return {
    ...(low === undefined ? {} : { low: resultQuantity(test, low) }),
    ...(high === undefined ? {} : { high: resultQuantity(test, high) }),
    text: low === undefined ? `≤ ${vi(high!)}` : high === undefined ? `≥ ${vi(low)}` : `${vi(low)}–${vi(high)}`,
  };
}

function vi(value: number): string {
  return String(value).replace('.', ',');
}

const flags = {
  L: hl7Concept('v3-ObservationInterpretation', 'L', 'Low'),
  H: hl7Concept('v3-ObservationInterpretation', 'H', 'High'),
  LL: hl7Concept('v3-ObservationInterpretation', 'LL', 'Critical low'),
  HH: hl7Concept('v3-ObservationInterpretation', 'HH', 'Critical high'),
  N: hl7Concept('v3-ObservationInterpretation', 'N', 'Normal'),
};

/** The flag a laboratory prints beside a value: LL, L, N, H or HH. */
function interpretation(value: number, [low, high]: Range, critical: Range = [undefined, undefined]): Concept {
  if (critical[0] !== undefined && value <= critical[0]) return flags.LL;
  if (critical[1] !== undefined && value >= critical[1]) return flags.HH;
  if (low !== undefined && value < low) return flags.L;
  if (high !== undefined && value > high) return flags.H;
  return flags.N;
}

function conceptOf(loinc: string | undefined, key: string, text: string): Concept {
  const known = codes.get(key);
  if (known !== undefined) return known;
  const made = { coding: [{ system: loinc === undefined ? systems.localTest : systems.loinc, code: loinc ?? key, display: text }], text };
  codes.set(key, made);
  return made;
}
