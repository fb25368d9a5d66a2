// Vital signs as Observations: R4 profile vitalsigns and those made from it (heartrate, bp, bodytemp, oxygensat, resprate, bodyweight, bodyheight).
import type { Resource } from '@sen/fhir';
import type { Consciousness, Vitals, VitalSign } from '@sen/contracts';

interface Measurement {
  readonly visitId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly at: number;
  readonly by?: { readonly practitioner: string; readonly name: string } | undefined;
  readonly onceKey: string;
}

interface NewObservation {
  readonly resource: Resource;
  readonly ifNoneExist: string;
}

const loinc = 'http://loinc.org';
const entries = 'urn:sen:sid:triage-entry';
const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs', display: 'Vital Signs' }] }];

type Code = readonly [loinc: string, display: string];
const codes: Readonly<Record<VitalSign | 'pressure' | 'consciousness', { readonly codes: readonly Code[]; readonly vi: string; readonly unit: string; readonly ucum: string }>> = {
  pulse: { codes: [['8867-4', 'Heart rate']], vi: 'Mạch', unit: 'lần/phút', ucum: '/min' },
  pressure: { codes: [['85354-9', 'Blood pressure panel with all children optional']], vi: 'Huyết áp', unit: 'mmHg', ucum: 'mm[Hg]' },
  systolic: { codes: [['8480-6', 'Systolic blood pressure']], vi: 'Huyết áp tâm thu', unit: 'mmHg', ucum: 'mm[Hg]' },
  diastolic: { codes: [['8462-4', 'Diastolic blood pressure']], vi: 'Huyết áp tâm trương', unit: 'mmHg', ucum: 'mm[Hg]' },
  temperature: { codes: [['8310-5', 'Body temperature']], vi: 'Nhiệt độ', unit: '°C', ucum: 'Cel' },
  // The profile oxygensat fixes 2708-6 and takes how it was measured as a second coding.
  saturation: { codes: [['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'], ['2708-6', 'Oxygen saturation in Arterial blood']], vi: 'SpO₂', unit: '%', ucum: '%' },
  breaths: { codes: [['9279-1', 'Respiratory rate']], vi: 'Nhịp thở', unit: 'lần/phút', ucum: '/min' },
  weight: { codes: [['29463-7', 'Body weight']], vi: 'Cân nặng', unit: 'kg', ucum: 'kg' },
  height: { codes: [['8302-2', 'Body height']], vi: 'Chiều cao', unit: 'cm', ucum: 'cm' },
  consciousness: { codes: [['67775-7', 'Level of responsiveness']], vi: 'Tri giác', unit: '', ucum: '' },
};
const consciousnessTexts: Readonly<Record<Consciousness, string>> = { alert: 'Tỉnh táo', confused: 'Lú lẫn mới xuất hiện', voice: 'Đáp ứng lời gọi', pain: 'Đáp ứng khi đau', unresponsive: 'Không đáp ứng' };
const single = ['pulse', 'temperature', 'saturation', 'breaths', 'weight', 'height'] as const;

/** One Observation a sign, blood pressure as one with two components; each with what names its entry, so that sent twice it is stored once. */
export function vitalObservations(vitals: Vitals, measurement: Measurement): NewObservation[] {
  const made = single.flatMap((sign) => (vitals[sign] === undefined ? [] : [observation(measurement, sign, { valueQuantity: quantity(sign, vitals[sign]), ...(sign === 'saturation' && vitals.onOxygen === true && { note: [{ text: 'Đang thở oxy.' }] }) })]));
  const { systolic, diastolic, consciousness } = vitals;
  const parts = ([['systolic', systolic], ['diastolic', diastolic]] as const).map(([sign, value]) => ({ code: conceptOf(sign), ...(value === undefined ? { dataAbsentReason: notMeasured } : { valueQuantity: quantity(sign, value) }) }));
  if (systolic !== undefined || diastolic !== undefined) made.push(observation(measurement, 'pressure', { component: parts }));
  if (consciousness !== undefined) made.push(observation(measurement, 'consciousness', { valueCodeableConcept: { coding: [{ system: 'urn:sen:cs:consciousness', code: consciousness }], text: consciousnessTexts[consciousness] } }));
  return made;
}

const notMeasured = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'not-performed', display: 'Not Performed' }] };

function observation(measurement: Measurement, sign: keyof typeof codes, value: object): NewObservation {
  const { visitId, patientId, patientName, at, by, onceKey } = measurement;
  const entry = `${onceKey}.${sign}`;
  const resource = {
    resourceType: 'Observation',
    identifier: [{ system: entries, value: entry }],
    status: 'final',
    category,
    code: conceptOf(sign),
    subject: { reference: `Patient/${patientId}`, display: patientName },
    encounter: { reference: `Encounter/${visitId}` },
    effectiveDateTime: new Date(at).toISOString(),
    ...(by !== undefined && { performer: [{ reference: `Practitioner/${by.practitioner}`, display: by.name }] }),
    ...value,
  } as Resource;
  return { resource, ifNoneExist: `identifier=${entries}|${entry}` };
}

function conceptOf(sign: keyof typeof codes) {
  return { coding: codes[sign].codes.map(([code, display]) => ({ system: loinc, code, display })), text: codes[sign].vi };
}

function quantity(sign: VitalSign, value: number) {
  return { value, unit: codes[sign].unit, system: 'http://unitsofmeasure.org', code: codes[sign].ucum };
}

/** Whether an Observation is a vital sign of this visit. */
export function isVitalSignOf(observation: Resource, visitId: string): boolean {
  const { encounter, category: kinds } = observation as { encounter?: { reference?: string }; category?: typeof category };
  return encounter?.reference === `Encounter/${visitId}` && kinds?.some(({ coding }) => coding.some(({ code }) => code === 'vital-signs')) === true;
}
