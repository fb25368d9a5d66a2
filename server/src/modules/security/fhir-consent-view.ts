// A consent of the sharing page as a Consent (R4), and back.
import { consentRoleSystem } from './consent/systems.ts';
import type { ConsentGiven, ConsentSeen, Recipient } from './consent/sharing.ts';
import { instant, lastDay } from './fhir-consent-time.ts';
import { referred, type Coding, type Concept, type Reference } from './fhir-consent-terms.ts';

type Category = ConsentGiven['category'];

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const typeSystem = 'http://hl7.org/fhir/resource-types';
const labels: Partial<Record<Category, string>> = {
  hiv: 'HIV', 'mental-health': 'PSY', genetic: 'GDIS', 'sexual-health': 'SEX', 'substance-use': 'SUD', violence: 'SDV',
};
const classes: Partial<Record<Category, readonly string[]>> = {
  documents: ['DocumentReference', 'Composition', 'DocumentManifest'],
  laboratory: ['Observation', 'DiagnosticReport', 'Specimen'],
  medicines: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'MedicationAdministration'],
};

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly dateTime?: string;
  readonly patient?: Reference;
  readonly sourceReference?: unknown;
  readonly sourceAttachment?: unknown;
  readonly policyRule?: Concept;
  readonly provision?: {
    readonly type?: string;
    readonly period?: { readonly end?: string };
    readonly actor?: readonly { readonly role?: Concept; readonly reference?: Reference & { readonly display?: string } }[];
    readonly securityLabel?: readonly Coding[];
    readonly class?: readonly Coding[];
    readonly purpose?: readonly Coding[];
    readonly provision?: readonly unknown[];
  };
}

/** Makes the Consent of what a patient said. */
export function consentOf({ patientId, effect, recipient, category, until, facility, paper }: ConsentGiven, now: number): Readonly<Record<string, unknown>> {
  const share = effect === 'share';
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: `Patient/${patientId}` },
    dateTime: new Date(now).toISOString(),
    performer: [{ reference: `Patient/${patientId}` }],
    ...(facility === undefined ? {} : { organization: [{ reference: `Organization/${facility}` }] }),
    ...(paper === undefined ? {} : {
      sourceReference: { type: 'DocumentReference', display: paper.place },
      verification: [{ verified: true, verifiedWith: { reference: `Patient/${patientId}` }, verificationDate: paper.signedOn }],
    }),
    policy: [{ authority: 'https://vanban.chinhphu.vn', uri: 'https://sen.vn/policy/law-91-2025-qh15' }],
    provision: {
      type: share ? 'permit' : 'deny',
      ...(until === undefined ? {} : { period: { end: until } }),
      ...actorsOf(recipient),
      action: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentaction', code: 'access' }] }],
      ...(share ? { purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: recipient.kind === 'insurer' ? 'COVERAGE' : 'TREAT' }] } : {}),
      ...dataOf(category),
    },
  };
}

function actorsOf({ kind, reference, name }: Recipient): object {
  if (kind === 'everyone') return {};
  const role = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] };
  const named = kind === 'role' ? { identifier: { system: consentRoleSystem, value: reference }, display: name } : { reference, display: name };
  return { actor: [{ role, reference: named }] };
}

function dataOf(category: Category): object {
  const [label, types] = [labels[category], classes[category]];
  if (label !== undefined) return { securityLabel: [{ system: actCode, code: label }] };
  return types === undefined ? {} : { class: types.map((code) => ({ system: typeSystem, code })) };
}

/** The same Consent, no longer in force. */
export function withdrawnConsent(resource: Readonly<Record<string, unknown>>, now: number): Readonly<Record<string, unknown>> {
  return { ...resource, status: 'inactive', extension: [...((resource['extension'] as unknown[] | undefined) ?? []), { url: 'https://sen.vn/fhir/StructureDefinition/consent-withdrawn', valueDateTime: new Date(now).toISOString() }] };
}

/** Id of the patient whose Consent it is. */
export function consentPatient(resource: Readonly<Record<string, unknown>>): string | undefined {
  const found = referred((resource as unknown as Shown).patient);
  return found?.type === 'Patient' ? found.id : undefined;
}

/** What a stored Consent says, as the sharing page shows it; one of others' making may say more (`complex`). */
export function consentSeen(resource: Readonly<Record<string, unknown>>, now: number): ConsentSeen {
  const { id, status, dateTime = '', provision = {}, policyRule, sourceReference, sourceAttachment } = resource as unknown as Shown;
  const categories = categoriesOf(provision);
  const end = provision.period?.end;
  return {
    id,
    effect: (provision.type ?? (policyRule?.coding?.some(({ code }) => code === 'OPTOUT') === true ? 'deny' : 'permit')) === 'deny' ? 'restrict' : 'share',
    recipients: (provision.actor ?? []).map(({ reference = {} }) => recipientOf(reference, provision.purpose)),
    categories: categories ?? ['everything'],
    since: dateTime,
    ...(end === undefined ? {} : { until: lastDay(end) }),
    active: status === 'active' && (instant(end, true) ?? Infinity) > now,
    onPaper: sourceReference !== undefined || sourceAttachment !== undefined,
    complex: categories === undefined || (provision.provision?.length ?? 0) > 0 || provision.type === undefined,
  };
}

function categoriesOf({ securityLabel, class: types }: NonNullable<Shown['provision']>): Category[] | undefined {
  if (securityLabel === undefined && types === undefined) return ['everything'];
  if (securityLabel !== undefined) {
    const found = securityLabel.map(({ code }) => (Object.keys(labels) as Category[]).find((one) => labels[one] === code));
    return found.includes(undefined) ? undefined : (found as Category[]);
  }
  const codes = (types ?? []).map(({ code }) => code).join();
  const found = (Object.keys(classes) as Category[]).find((one) => classes[one]?.join() === codes);
  return found === undefined ? undefined : [found];
}

function recipientOf(reference: Reference & { readonly display?: string }, purpose: readonly Coding[] | undefined): Recipient {
  const name = reference.display ?? reference.reference ?? reference.identifier?.value ?? '';
  if (reference.identifier?.system === consentRoleSystem) return { kind: 'role', reference: reference.identifier.value ?? '', name };
  const found = referred(reference);
  const kind = found?.type === 'Practitioner' ? 'person' : found?.type === 'Organization' && purpose?.some(({ code }) => code === 'COVERAGE') === true ? 'insurer' : 'hospital';
  return { kind, reference: reference.reference ?? '', name };
}
