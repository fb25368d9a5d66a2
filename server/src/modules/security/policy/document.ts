// The form of a policy: data with a version, made to be read by the people of the hospital. check-policy.ts says what must hold in it.
import { permissions, type Permission } from '@sen/contracts';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';
import { marks, type Mark } from './marks.ts';
import { roles } from './roles.ts';

const Days = Type.Integer({ minimum: 0, maximum: 3650 });
const Words = Type.Object({ vi: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, { additionalProperties: false });
const oneOf = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.String({ enum: [...values] }));

export const interactions = ['read', 'history', 'create', 'update', 'delete'] as const;
const relations = ['any', 'own', 'care', 'department', 'emergency', 'consent'] as const;

const named = (Object.keys(marks) as Mark[]).filter((mark) => mark !== 'consented');

const Rule = Type.Object({
  /** Names of groups or of FHIR types. */
  of: Type.Array(Type.String(), { minItems: 1 }),
  may: Type.Array(oneOf(interactions), { minItems: 1 }),
  /** Relations to the patient, one of which is enough. */
  by: Type.Array(oneOf(relations), { minItems: 1 }),
  /** Sensitive categories that are seen too; 'every': all there are and will be, past consents as well. */
  marks: Type.Optional(Type.Union([Type.Array(oneOf(named)), Type.Literal('every')])),
  /** FHIR search criteria; a resource must meet one. */
  where: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
}, { additionalProperties: false });
export type Rule = Static<typeof Rule>;

const RolePolicy = Type.Object({
  name: Words,
  permissions: Type.Array(oneOf(Object.keys(permissions) as Permission[])),
  rules: Type.Array(Rule),
  /** Elements that the role never sees, by type. */
  hidden: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String(), { minItems: 1 }))),
}, { additionalProperties: false });
export type RolePolicy = Static<typeof RolePolicy>;

export const PolicyDocument = Type.Object({
  title: Words,
  limits: Type.Object({
    /** A visit makes a relation for this long after its end: to those who treat, and to the department. */
    careDaysAfterVisit: Days,
    departmentDaysAfterVisit: Days,
    /** An appointment makes a relation from so long before it until so long after it. */
    careDaysBeforeAppointment: Days,
    careDaysAfterAppointment: Days,
    /** An order makes a relation to who ordered it and who carries it out for this long after it was written; open orders of any age are in force. */
    careDaysAfterOrder: Days,
  }, { additionalProperties: false }),
  groups: Type.Record(Type.String(), Type.Object({ name: Words, types: Type.Array(Type.String(), { minItems: 1 }) }, { additionalProperties: false })),
  roles: Type.Object(Object.fromEntries(roles.map((role) => [role, RolePolicy])) as Record<(typeof roles)[number], typeof RolePolicy>, { additionalProperties: false }),
}, { additionalProperties: false });
export type PolicyDocument = Static<typeof PolicyDocument>;
export type Limits = PolicyDocument['limits'];

/** Whether a document has the form of a policy; what it says may still be unwise (policy-findings.ts). */
export function isPolicy(document: unknown): document is PolicyDocument {
  return Check(PolicyDocument, document);
}
