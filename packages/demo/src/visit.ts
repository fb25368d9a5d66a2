import { add, type Chart, type Diagnosis, type Problem, type Visit, type VisitKind } from './chart.ts';
import { dateText, hour, instantText, minute } from './calendar.ts';
import { type DepartmentKey, departmentOf, type Facility } from './hospital.ts';
import type { StaffMember } from './staff.ts';
import { concept, hl7Coding, hl7Concept, systems } from './systems.ts';

export interface VisitPlan {
  readonly at: number;
  readonly kind: VisitKind;
  readonly department: DepartmentKey;
  readonly diagnosis: Diagnosis;
  /** Problem-list entries dealt with. */
  readonly problems?: readonly Problem[];
  readonly reason: string;
  /** How long it takes or will take; a visit whose end lies ahead is in progress. */
  readonly lastsMs?: number;
  readonly facility?: Facility;
  readonly doctor?: StaffMember;
  readonly nurse?: StaffMember;
  readonly room?: number;
}

const classes = {
  clinic: hl7Coding('v3-ActCode', 'AMB', 'ambulatory'),
  dialysis: hl7Coding('v3-ActCode', 'AMB', 'ambulatory'),
  stay: hl7Coding('v3-ActCode', 'IMP', 'inpatient encounter'),
  emergency: hl7Coding('v3-ActCode', 'EMER', 'emergency'),
};
const types = {
  clinic: { text: 'Khám bệnh ngoại trú' },
  dialysis: { text: 'Lọc máu chu kỳ ngoại trú' },
  stay: { text: 'Điều trị nội trú' },
  emergency: { text: 'Cấp cứu' },
};
const usualMs = { clinic: 35 * minute, dialysis: 4 * hour, stay: 5 * 24 * hour, emergency: 5 * hour };
const attending = [hl7Concept('v3-ParticipationType', 'ATND', 'attender')];
const assisting = [hl7Concept('v3-ParticipationType', 'PART', 'Participation')];
const problemUse = hl7Concept('diagnosis-role', 'CM', 'Comorbidity diagnosis');
const chiefUse = hl7Concept('diagnosis-role', 'CC', 'Chief complaint');

/** Adds an Encounter: finished when its end has passed, else in progress. */
export function addVisit(chart: Chart, plan: VisitPlan): Visit {
  const facility = plan.facility ?? chart.facility;
  const end = plan.at + (plan.lastsMs ?? usualMs[plan.kind]);
  const doctor = plan.doctor ?? chart.dice.pick(chart.staff.doctorsOf(facility, plan.department));
  const nurse = plan.nurse ?? chart.dice.pick(chart.staff.nursesOf(facility, plan.department));
  const over = end <= chart.now;
  const place = departmentOf(facility, plan.department);
  const room = place.rooms[(plan.room ?? 0) % place.rooms.length]!;
  const reference = add(chart, 'Encounter', {
    identifier: [{ system: systems.visitNumber, value: `${dateText(plan.at).replaceAll('-', '').slice(2)}.${chart.key}.${chart.resources.length}` }],
    status: over ? 'finished' : 'in-progress',
    class: classes[plan.kind],
    type: [types[plan.kind]],
    serviceType: { text: place.name },
    subject: chart.patient,
    participant: [
      { type: attending, period: { start: instantText(plan.at) }, individual: doctor.reference },
      { type: assisting, individual: nurse.reference },
    ],
    period: over ? { start: instantText(plan.at), end: instantText(end) } : { start: instantText(plan.at) },
    reasonCode: [{ ...concept(systems.icd10, plan.diagnosis.code, plan.diagnosis.vi), text: plan.reason }],
    ...diagnoses(plan.problems, plan.diagnosis.code),
    ...stayFacts(plan.kind, over),
    location: [{ location: room, status: over ? 'completed' : 'active' }],
    serviceProvider: place.organization,
  });
  return { reference, at: plan.at, end, kind: plan.kind, facility, department: plan.department, doctor, nurse, diagnosis: plan.diagnosis };
}

function diagnoses(problems: readonly Problem[] | undefined, chief: string): Record<string, unknown> {
  if (problems === undefined || problems.length === 0) return {};
  const chiefFirst = [...problems].sort((a, b) => Number(b.code === chief) - Number(a.code === chief));
  return {
    diagnosis: chiefFirst.map((one, index) => ({
      condition: { ...one.reference, display: one.vi }, use: index === 0 ? chiefUse : problemUse, rank: index + 1,
    })),
  };
}

function stayFacts(kind: VisitKind, over: boolean): Record<string, unknown> {
  if (kind !== 'stay') return {};
  const admitSource = hl7Concept('admit-source', 'outp', 'From outpatient department');
  if (!over) return { hospitalization: { admitSource } };
  return { hospitalization: { admitSource, dischargeDisposition: hl7Concept('discharge-disposition', 'home', 'Home') } };
}
