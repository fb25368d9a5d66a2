import { dateText, day, instantText, minute } from './calendar.ts';
import { add, type Chart, type Visit } from './chart.ts';
import { type Drug, type DrugKey, drugs } from './drugs.ts';
import { concept, hl7Concept, systems } from './systems.ts';

export interface Stop {
  readonly drug: DrugKey;
  readonly reason: string;
}

/** Writes one line of a prescription: "Metformin 1000 mg: uống 1 viên × 2 lần/ngày, sau ăn". */
export function dosageText(drug: Drug): string {
  return `${drug.route} ${drug.dose} ${drug.unit} × ${drug.perDay} lần/ngày, ${drug.when}`;
}

/** Adds one MedicationRequest a drug for so many days: active until then, completed after, stopped when a stop is given. */
export function prescribe(chart: Chart, visit: Visit, keys: readonly DrugKey[], days: number, stop?: Stop): void {
  const authored = Math.min(visit.at + 28 * minute, chart.now);
  const number = `${dateText(authored).replaceAll('-', '')}-${chart.resources.length}`;
  for (const key of keys) addRequest(chart, visit, key, { authored, days, number, stop });
}

interface Sheet {
  readonly authored: number;
  readonly days: number;
  readonly number: string;
  readonly stop: Stop | undefined;
}

function addRequest(chart: Chart, visit: Visit, key: DrugKey, sheet: Sheet): void {
  const drug: Drug = drugs[key];
  const stopped = sheet.stop?.drug === key ? sheet.stop.reason : undefined;
  const end = sheet.authored + sheet.days * day;
  const status = stopped !== undefined ? 'stopped' : end > chart.now ? 'active' : 'completed';
  add(chart, 'MedicationRequest', {
    groupIdentifier: { system: systems.prescriptionNumber, value: `${chart.key}-${sheet.number}` },
    status,
    ...(stopped === undefined ? {} : { statusReason: { text: stopped } }),
    intent: 'order',
    category: [visit.kind === 'stay' ? inpatient : outpatient],
    medicationCodeableConcept: concept(systems.atc, drug.atc, drug.vi),
    subject: chart.patient, encounter: visit.reference, authoredOn: instantText(sheet.authored), requester: visit.doctor.reference,
    reasonCode: [{ text: visit.diagnosis.vi }],
    dosageInstruction: [dosage(drug)],
    dispenseRequest: {
      validityPeriod: { start: dateText(sheet.authored), end: dateText(sheet.authored + 5 * day) },
      quantity: { value: drug.dose * drug.perDay * sheet.days, unit: drug.unit },
      expectedSupplyDuration: { value: sheet.days, unit: 'ngày', system: systems.ucum, code: 'd' },
    },
  });
}

const inpatient = hl7Concept('medicationrequest-category', 'inpatient', 'Inpatient');
const outpatient = hl7Concept('medicationrequest-category', 'outpatient', 'Outpatient');

function dosage(drug: Drug): object {
  return {
    text: dosageText(drug),
    timing: { repeat: { frequency: drug.perDay, period: 1, periodUnit: 'd' } },
    ...(drug.when.startsWith('khi ') ? { asNeededBoolean: true } : {}),
    route: { text: drug.route },
    doseAndRate: [{ doseQuantity: { value: drug.dose, unit: drug.unit } }],
  };
}
