// The words of a Consent (R4) in ours: whom, what, why. What has no meaning here is refused, never passed over: a patient must not believe to be protected.
import { isResourceType, keyOf, typeCode } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';
import { consentRoleSystem, partnerSystem } from './consent/systems.ts';
import { outside } from './consent/rule.ts';
import { marks } from './policy/marks.ts';

export interface Coding {
  readonly system?: string;
  readonly code?: string;
}
export interface Concept {
  readonly coding?: readonly Coding[];
}
export interface Reference {
  readonly reference?: string;
  readonly identifier?: { readonly system?: string; readonly value?: string };
}

/** A provision that cannot be enforced as it is written (422). */
export function notUnderstood(path: string): Refusal {
  return new Refusal('rule', 'security.consent-not-understood', {
    vi: `Không thể thực thi phần này của sự đồng ý: ${path}.`,
    en: `This part of the consent cannot be enforced: ${path}.`,
  }, [{ severity: 'error', code: 'not-supported', diagnostics: `${path} cannot be enforced.`, expression: path }]);
}

/** Type and id of a literal reference. */
export function referred(reference: Reference | undefined): { type: string; id: string } | undefined {
  const found = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference?.reference ?? '');
  return found === null ? undefined : { type: found[1]!, id: found[2]! };
}

const askers = new Set(['Practitioner', 'Organization', 'Location']);

/** The name of a provision's actor, as in actorNames; undefined for the patient and those who act for the patient: nothing is closed to them. */
export function actorName(reference: Reference | undefined, path: string): string | undefined {
  const { system, value } = reference?.identifier ?? {};
  if (system === consentRoleSystem && value !== undefined) return `role/${value}`;
  if (system === partnerSystem) return outside;
  const found = referred(reference);
  if (found === undefined) throw notUnderstood(`${path}.reference`);
  if (found.type === 'Patient' || found.type === 'RelatedPerson') return undefined;
  if (!askers.has(found.type)) throw notUnderstood(`${path}.reference`);
  return `${found.type}/${found.id}`;
}

const typeSystem = 'http://hl7.org/fhir/resource-types';
const profilePrefix = 'http://hl7.org/fhir/StructureDefinition/';

/** Number of the resource type that a class names. */
export function classType({ system, code = '' }: Coding, path: string): number {
  const type = code.startsWith(profilePrefix) ? code.slice(profilePrefix.length) : code;
  if ((system !== typeSystem && type === code) || !isResourceType(type)) throw notUnderstood(path);
  return typeCode(type);
}

const labelSystems = new Set(['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality']);
/** v3-ActCode (InformationSensitivityPolicy) and v3-Confidentiality; what is merely normal or moderate is no category. */
const categories: Readonly<Record<string, number>> = {
  HIV: marks.hiv, PSY: marks.mentalHealth, PSYTHPN: marks.mentalHealth, MH: marks.mentalHealth, BH: marks.mentalHealth, GDIS: marks.genetic,
  SEX: marks.sexualHealth, STD: marks.sexualHealth, ETH: marks.substanceUse, SUD: marks.substanceUse, ETHUD: marks.substanceUse, OPIOIDUD: marks.substanceUse,
  SDV: marks.violence, VIO: marks.violence, R: marks.restricted, V: marks.restricted,
};

/** Bits of the category that a security label names. */
export function labelMarks({ system = '', code = '' }: Coding, path: string): number {
  const bits = labelSystems.has(system) ? categories[code] : undefined;
  if (bits === undefined) throw notUnderstood(path);
  return bits;
}

/** Type and key of the single resource that a provision names. */
export function dataNamed(reference: Reference | undefined, path: string): { type: number; key: bigint } {
  const found = referred(reference);
  if (found === undefined || !isResourceType(found.type)) throw notUnderstood(path);
  return { type: typeCode(found.type), key: keyOf(found.id) };
}

/** The key of the patient whose consent it is. */
export function patientKey(reference: Reference | undefined): bigint {
  const found = referred(reference);
  if (found?.type !== 'Patient') throw notUnderstood('Consent.patient');
  return keyOf(found.id);
}

const purposeSystems = new Set(['http://terminology.hl7.org/CodeSystem/v3-ActReason', 'http://terminology.hl7.org/CodeSystem/v3-PurposeOfUse']);
export const treatment: readonly string[] = ['TREAT', 'ETREAT', 'CAREMGT', 'COC'];
const payment = new Set(['HPAYMT', 'CLMATTCH', 'COVAUTH', 'COVERAGE', 'ELIGDTRM', 'ELIGVER', 'ENROLLM', 'MILDCRG', 'REMITADV', 'PMTDS', 'PAYDSCH']);

/** Codes of purpose, each with those that it includes (v3-ActReason: TREAT is above ETREAT, CAREMGT and COC; HPAYMT above claims and cover). */
export function purposes(codings: readonly Coding[], path: string): string[] {
  return [...new Set(codings.flatMap(({ system, code }, i) => {
    if (code === undefined || !purposeSystems.has(system ?? '')) throw notUnderstood(`${path}[${i}]`);
    if (code === 'TREAT') return treatment;
    return payment.has(code) ? [code, 'HPAYMT'] : [code];
  }))];
}

export function isForPayment(codes: readonly string[] | undefined): boolean {
  return codes?.includes('HPAYMT') === true;
}

const reading = new Set(['access', 'use', 'disclose']);

/** Refuses a provision that speaks of other acts than reading: collecting and correcting are not decided by consent here. */
export function checkActions(actions: readonly Concept[], path: string): void {
  const codes = actions.map(({ coding = [] }) => coding.map(({ code }) => code ?? ''));
  if (actions.length > 0 && !codes.some((some) => some.some((code) => reading.has(code)))) throw notUnderstood(path);
}
