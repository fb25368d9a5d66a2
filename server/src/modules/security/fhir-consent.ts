// A Consent (R4) becomes rules that the record can ask in SQL (6.2, Consent.provision).
import type { ConsentRule } from './consent/rule.ts';
import { actorName, checkActions, classType, dataNamed, isForPayment, labelMarks, notUnderstood, patientKey, purposes, treatment, type Coding, type Concept, type Reference } from './fhir-consent-terms.ts';
import { instant } from './fhir-consent-time.ts';
import { outside } from './consent/rule.ts';
import { Refusal } from '../../platform/refusal.ts';

interface Provision {
  readonly type?: 'deny' | 'permit';
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly actor?: readonly { readonly reference?: Reference }[];
  readonly action?: readonly Concept[];
  readonly securityLabel?: readonly Coding[];
  readonly purpose?: readonly Coding[];
  readonly class?: readonly Coding[];
  readonly code?: readonly unknown[];
  readonly dataPeriod?: unknown;
  readonly data?: readonly { readonly meaning?: string; readonly reference?: Reference }[];
  readonly provision?: readonly Provision[];
}
interface Consent {
  readonly status?: string;
  readonly scope?: Concept;
  readonly patient?: Reference;
  readonly dateTime?: string;
  readonly policyRule?: Concept;
  readonly sourceAttachment?: unknown;
  readonly sourceReference?: unknown;
  readonly meta?: { readonly lastUpdated?: string };
  readonly provision?: Provision;
}

export interface PatientRules {
  readonly patient: bigint;
  readonly rules: readonly ConsentRule[];
}

const always = { since: -8_640_000_000_000_000, until: 8_640_000_000_000_000 };

/** Gives the rules of a Consent; undefined when it is not active or not about access to the record (Consent.scope other than patient-privacy). */
export function consentRules(resource: Readonly<Record<string, unknown>>, now: number): PatientRules | undefined {
  const consent = resource as Consent;
  if (consent.status !== 'active' || consent.scope?.coding?.some(({ code }) => code === 'patient-privacy') !== true) return undefined;
  const decided = Math.min(instant(consent.dateTime, false) ?? now, now); // what is dated ahead would outweigh all that the patient says until then
  const base: ConsentRule = { depth: 0, deny: false, marks: 0, decided, ...always };
  const rules = [...baseRules(consent, base), ...(consent.provision === undefined ? [] : rootRules(consent, consent.provision, base))];
  const unwritten = rules.some((rule) => !rule.deny && isForPayment(rule.purposes)) && consent.sourceAttachment === undefined && consent.sourceReference === undefined;
  if (unwritten) throw needsWriting();
  return { patient: patientKey(consent.patient), rules: rules.map(forTreatmentUnlessSaid) };
}

/** Law 91/2025/QH15: consent is given per purpose. A permission that names none is for treatment. */
function forTreatmentUnlessSaid(rule: ConsentRule): ConsentRule {
  return rule.deny || rule.purposes !== undefined ? rule : { ...rule, purposes: treatment };
}

/** Law 91/2025/QH15: nothing to insurers without the patient's written request. */
function needsWriting(): Refusal {
  return new Refusal('rule', 'security.consent-needs-writing', {
    vi: 'Chia sẻ cho bên chi trả bảo hiểm phải có yêu cầu bằng văn bản của người bệnh kèm theo.',
    en: 'Sharing with a payer needs the written request of the patient with it (Consent.source).',
  });
}

/** Consent.policyRule: what holds apart from the provisions. Opting out is about others than the hospital that treats. */
function baseRules({ policyRule, provision }: Consent, base: ConsentRule): ConsentRule[] {
  const code = policyRule?.coding?.find(({ code: one }) => one === 'OPTIN' || one === 'OPTOUT')?.code;
  if (code === undefined) return [];
  const bounded = { ...base, ...period(provision?.period, base) };
  return [code === 'OPTOUT' ? { ...bounded, deny: true, actors: [outside] } : bounded];
}

/**
 * R4 Consent.provision is "an exception to the base policy": where the root says neither permit nor deny, it is the other one of OPTIN and OPTOUT,
 * if it names whom or what at all.
 */
function rootRules(consent: Consent, root: Provision, base: ConsentRule): ConsentRule[] {
  const path = 'Consent.provision';
  const own = narrowed(root, base, path);
  if (own === undefined) return [];
  const says = root.type ?? opposite(consent, root, path);
  const rule = says === undefined ? [] : [{ ...own, deny: says === 'deny' }];
  return [...rule, ...nested(root, own, path)];
}

function opposite({ policyRule }: Consent, root: Provision, path: string): 'deny' | 'permit' | undefined {
  const names = [root.actor, root.securityLabel, root.purpose, root.class, root.data, root.action].some((part) => (part?.length ?? 0) > 0);
  if (!names) return undefined;
  const codes = policyRule?.coding?.map(({ code }) => code) ?? [];
  if (codes.includes('OPTIN')) return 'deny';
  if (codes.includes('OPTOUT')) return 'permit';
  throw notUnderstood(`${path}.type`);
}

function nested(parent: Provision, own: ConsentRule, path: string): ConsentRule[] {
  return (parent.provision ?? []).flatMap((child, i) => {
    const at = `${path}.provision[${i}]`;
    if (child.type === undefined) throw notUnderstood(`${at}.type`);
    const rule = narrowed(child, { ...own, depth: own.depth + 1 }, at);
    return rule === undefined ? [] : [{ ...rule, deny: child.type === 'deny' }, ...nested(child, rule, at)];
  });
}

/** A provision within its parent: what it does not name it takes from there. Undefined when it speaks of nobody but the patient. */
function narrowed(provision: Provision, parent: ConsentRule, path: string): ConsentRule | undefined {
  if (provision.code !== undefined) throw notUnderstood(`${path}.code`);
  if (provision.dataPeriod !== undefined) throw notUnderstood(`${path}.dataPeriod`);
  checkActions(provision.action ?? [], `${path}.action`);
  const actors = provision.actor?.map(({ reference }, i) => actorName(reference, `${path}.actor[${i}]`)).filter((name) => name !== undefined);
  if (actors?.length === 0) return undefined;
  const types = provision.class?.map((coding, i) => classType(coding, `${path}.class[${i}]`));
  return {
    ...parent,
    ...period(provision.period, parent),
    ...(actors === undefined ? {} : { actors }),
    ...(types === undefined ? {} : { types }),
    ...(provision.purpose === undefined ? {} : { purposes: purposes(provision.purpose, `${path}.purpose`) }),
    ...(provision.securityLabel === undefined ? {} : { marks: provision.securityLabel.reduce((bits, label, i) => bits | labelMarks(label, `${path}.securityLabel[${i}]`), 0) }),
    ...(provision.data === undefined ? {} : { resources: provision.data.map((data, i) => instanceNamed(data, `${path}.data[${i}]`)) }),
  };
}

function instanceNamed({ meaning, reference }: { readonly meaning?: string; readonly reference?: Reference }, path: string): { type: number; key: bigint } {
  if (meaning !== 'instance') throw notUnderstood(`${path}.meaning`); // related, dependents, authoredby: not known without walking the record
  return dataNamed(reference, `${path}.reference`);
}

function period(given: Provision['period'], { since, until }: Pick<ConsentRule, 'since' | 'until'>): Pick<ConsentRule, 'since' | 'until'> {
  return { since: Math.max(since, instant(given?.start, false) ?? since), until: Math.min(until, instant(given?.end, true) ?? until) };
}
