// MedicationRequest to a medicine as the chart shows it.
import type { Medicine } from '@sen/contracts';
import { isNumber, numberText, numberValue, type Resource } from '@sen/fhir';
import { known, listOf, nameOf, textOf, wordsOf, type Concept, type Language, type Period, type Reference } from './fhir.ts';

export const medicineElements = 'status,intent,medication,authoredOn,requester,reasonCode,reasonReference,dosageInstruction,dispenseRequest';

interface Quantity {
  value?: unknown;
  unit?: string;
  code?: string;
}
interface Dosage {
  text?: string;
  patientInstruction?: string;
  asNeededBoolean?: boolean;
  asNeededCodeableConcept?: Concept;
  route?: Concept;
  doseAndRate?: { doseQuantity?: Quantity }[];
  timing?: { code?: Concept; repeat?: { frequency?: unknown; period?: unknown; periodUnit?: string } };
}
interface Supply {
  validityPeriod?: Period;
  expectedSupplyDuration?: Quantity;
}

const current = new Set(['active', 'on-hold', 'draft', 'unknown']);
const dayMs = 86_400_000;

/** Reads a prescription; `drugs` are the Medication resources it may point to. Undefined when entered in error. */
export function medicineOf(request: Resource, drugs: readonly Resource[], now: number, language: Language): Medicine | undefined {
  const status = textOf(request['status']);
  if (status === 'entered-in-error') return undefined;
  const dosage = listOf<Dosage>(request['dosageInstruction'])[0];
  const prescribed = textOf(request['authoredOn']);
  const ends = supplyEnd(request['dispenseRequest'] as Supply | undefined, prescribed);
  return known({
    id: request.id ?? '',
    name: drugName(request, drugs, language),
    sig: dosage === undefined ? undefined : sigOf(dosage, language),
    asNeeded: dosage?.asNeededBoolean === true || dosage?.asNeededCodeableConcept !== undefined,
    current: current.has(status ?? 'unknown'),
    status: statusOf(status),
    prescribed,
    prescriber: nameOf(request['requester']),
    reason: wordsOf(listOf(request['reasonCode'])[0], language) ?? nameOf(listOf<Reference>(request['reasonReference'])[0]),
    supplyEnds: ends,
    daysLeft: ends === undefined ? undefined : Math.floor((Date.parse(ends) - now) / dayMs),
  });
}

function drugName(request: Resource, drugs: readonly Resource[], language: Language): string {
  const own = wordsOf(request['medicationCodeableConcept'], language);
  if (own !== undefined) return own;
  const reference = request['medicationReference'] as Reference | undefined;
  const id = reference?.reference?.replace(/^#/, '').split('/').at(-1);
  const contained = listOf<Resource>(request['contained']);
  const drug = [...contained, ...drugs].find((one) => one.id === id);
  return wordsOf(drug?.['code'], language) ?? reference?.display ?? '';
}

const statuses = ['active', 'on-hold', 'completed', 'stopped', 'cancelled', 'draft'] as const;

function statusOf(status: string | undefined): Medicine['status'] {
  return statuses.find((one) => one === status) ?? 'unknown';
}

/** What the prescriber wrote; without it, the dose and its times from the fields. */
function sigOf(dosage: Dosage, language: Language): string | undefined {
  const written = textOf(dosage.text) ?? textOf(dosage.patientInstruction);
  if (written !== undefined) return written;
  const dose = quantityText(dosage.doseAndRate?.[0]?.doseQuantity);
  const times = timesText(dosage.timing?.repeat, language) ?? wordsOf(dosage.timing?.code, language);
  const composed = [dose, times].filter((part) => part !== undefined).join(language === 'vi' ? ' × ' : ', ');
  return composed === '' ? undefined : composed;
}

function quantityText(quantity: Quantity | undefined): string | undefined {
  if (quantity === undefined || !isNumber(quantity.value)) return undefined;
  const unit = quantity.unit ?? quantity.code;
  return unit === undefined ? numberText(quantity.value) : `${numberText(quantity.value)}\u00a0${unit}`;
}

const periodWords: Readonly<Record<string, { vi: string; en: string }>> = {
  h: { vi: 'giờ', en: 'h' }, d: { vi: 'ngày', en: 'day' }, wk: { vi: 'tuần', en: 'week' }, mo: { vi: 'tháng', en: 'month' },
};

function timesText(repeat: { frequency?: unknown; period?: unknown; periodUnit?: string } | undefined, language: Language): string | undefined {
  const unit = periodWords[repeat?.periodUnit ?? '']?.[language];
  if (unit === undefined || !isNumber(repeat?.frequency)) return undefined;
  const period = isNumber(repeat.period) ? numberValue(repeat.period) : 1;
  const each = period === 1 ? unit : `${period} ${unit}`;
  return language === 'vi' ? `${numberText(repeat.frequency)} lần/${each}` : `${numberText(repeat.frequency)} × per ${each}`;
}

function supplyEnd(supply: Supply | undefined, prescribed: string | undefined): string | undefined {
  const duration = supply?.expectedSupplyDuration;
  if (prescribed !== undefined && isNumber(duration?.value) && ['d', 'day', 'days', 'ngày'].includes(duration.code ?? duration.unit ?? '')) {
    return new Date(Date.parse(prescribed) + numberValue(duration.value) * dayMs).toISOString();
  }
  return supply?.validityPeriod?.end;
}
