// Procedures, vaccinations and plans for the days ahead.
import { type ProcedureKey, procedures } from './acute-illnesses.ts';
import { dateText, hour, instantText, minute } from './calendar.ts';
import { add, type Chart, type Problem, type Visit } from './chart.ts';
import { departmentOf, type Reference } from './hospital.ts';
import { concept, hl7Concept, systems } from './systems.ts';

/** Adds a Procedure done during a visit; in progress while its end lies ahead. */
export function addProcedure(chart: Chart, visit: Visit, key: ProcedureKey, at: number, lastsMs: number, note?: string): Reference {
  const { icd9, vi } = procedures[key];
  const done = at + lastsMs <= chart.now;
  return add(chart, 'Procedure', {
    status: done ? 'completed' : 'in-progress', code: concept(systems.icd9cm, icd9, vi), subject: chart.patient, encounter: visit.reference,
    performedPeriod: done ? { start: instantText(at), end: instantText(at + lastsMs) } : { start: instantText(at) },
    performer: [{ actor: visit.doctor.reference }, { actor: visit.nurse.reference }],
    reasonCode: [concept(systems.icd10, visit.diagnosis.code, visit.diagnosis.vi)],
    ...(note === undefined ? {} : { note: [{ text: note }] }),
  });
}

const vaccines = {
  hepatitisB: ['45', 'Vắc-xin viêm gan B'],
  bcg: ['19', 'Vắc-xin phòng lao (BCG)'],
  fiveInOne: ['198', 'Vắc-xin 5 trong 1 (DPT-VGB-Hib)'],
  polio: ['10', 'Vắc-xin bại liệt tiêm (IPV)'],
  measles: ['05', 'Vắc-xin sởi'],
  measlesRubella: ['04', 'Vắc-xin sởi – rubella (MR)'],
  influenza: ['88', 'Vắc-xin cúm mùa'],
  covid: ['213', 'Vắc-xin COVID-19'],
  tetanus: ['112', 'Vắc-xin uốn ván'],
  pneumococcus: ['152', 'Vắc-xin phế cầu'],
} as const;

export type VaccineKey = keyof typeof vaccines;

/** Adds a vaccination given here, or told from a vaccination card when `place` names another. */
export function addVaccination(chart: Chart, key: VaccineKey, at: number, dose: number, place?: string): Reference {
  const [cvx, vi] = vaccines[key];
  return add(chart, 'Immunization', {
    status: 'completed', vaccineCode: concept(systems.cvx, cvx, vi), patient: chart.patient, occurrenceDateTime: dateText(at),
    primarySource: place === undefined, ...(place === undefined ? { location: { reference: `Location/${chart.facility.key}`, display: chart.facility.name } } : { reportOrigin: { text: place } }),
    lotNumber: `${String.fromCharCode(65 + chart.dice.whole(0, 25))}${chart.dice.digits(5)}`, protocolApplied: [{ doseNumberPositiveInt: dose }],
  });
}

/** Adds the next appointment after a visit and, for long illnesses, the plan it belongs to. */
export function planReturn(chart: Chart, visit: Visit, at: number, advice: string, problems: readonly Problem[]): void {
  if (at <= chart.now) return;
  const department = departmentOf(visit.facility, visit.department);
  if (problems.length > 0 && chart.depth === 'full') {
    add(chart, 'CarePlan', {
      status: 'active', intent: 'plan', title: `Theo dõi ${visit.diagnosis.vi}`, description: advice, subject: chart.patient, encounter: visit.reference,
      period: { start: dateText(visit.at), end: dateText(at) }, created: dateText(visit.at), author: visit.doctor.reference,
      addresses: problems.map((one) => ({ ...one.reference, display: one.vi })),
      activity: [{ detail: { kind: 'Appointment', status: 'scheduled', description: `Tái khám ${department.name}`, scheduledString: dateText(at) } }],
    });
  }
  add(chart, 'Appointment', {
    status: 'booked', serviceType: [{ text: department.name }], appointmentType: hl7Concept('v2-0276', 'FOLLOWUP', 'A follow up visit from a previous appointment'),
    reasonCode: [{ text: 'Tái khám' }], description: `Tái khám: ${visit.diagnosis.vi}`, start: instantText(at), end: instantText(at + 15 * minute),
    created: instantText(Math.min(visit.at + hour / 2, chart.now)),
    participant: [
      { actor: chart.patient, required: 'required', status: 'accepted' },
      { actor: visit.doctor.reference, required: 'required', status: 'accepted' },
      { actor: department.rooms[0]!, required: 'information-only', status: 'accepted' },
    ],
  });
}
