// The access policy, made to be read by people: on one page, and changed as a whole.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Words = Type.Object({ vi: Type.String(), en: Type.String() });

/** One way of a role to something. */
export const PolicyWay = Type.Object({
  /** Names of groups or of FHIR types. */
  what: Type.Array(Words),
  may: Type.Array(Type.Union([Type.Literal('read'), Type.Literal('history'), Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')])),
  by: Type.Array(Words),
  /** Sensitive categories that are seen too. */
  marks: Type.Array(Words),
  /** FHIR search criteria, one of which must be met. */
  where: Type.Array(Type.String()),
});
export type PolicyWay = Static<typeof PolicyWay>;

/** What a role may do with a group of types, in short. */
export const PolicyCell = Type.Object({
  /** The widest relations by which something of the group is read, and is written. */
  read: Type.Array(Words),
  write: Type.Array(Words),
  /** Only some types of the group, or only what meets criteria. */
  partly: Type.Boolean(),
  /** Sensitive categories of some patients are seen. */
  sensitive: Type.Boolean(),
});
export type PolicyCell = Static<typeof PolicyCell>;

export const PolicyRole = Type.Object({
  code: Type.String(),
  name: Words,
  permissions: Type.Array(Words),
  ways: Type.Array(PolicyWay),
  hidden: Type.Array(Type.Object({ type: Type.String(), elements: Type.Array(Type.String()) })),
  /** By the code of the group; absent: nothing. */
  cells: Type.Record(Type.String(), PolicyCell),
});
export type PolicyRole = Static<typeof PolicyRole>;

export const PolicyVersion = Type.Object({
  version: Type.Integer(),
  effectiveFrom: Type.String(),
  changedBy: Type.String(),
  reason: Type.String(),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('in-force'), Type.Literal('past')]),
});
export type PolicyVersion = Static<typeof PolicyVersion>;

export const PolicyPage = Type.Object({
  version: PolicyVersion,
  versions: Type.Array(PolicyVersion),
  title: Words,
  limits: Type.Array(Type.Object({ name: Words, days: Type.Integer() })),
  groups: Type.Array(Type.Object({ code: Type.String(), name: Words, types: Type.Array(Type.String()) })),
  roles: Type.Array(PolicyRole),
  /** The policy itself, as it is stored and as it may be sent back changed. */
  document: Type.Unknown(),
});
export type PolicyPage = Static<typeof PolicyPage>;

export const readPolicy = contract({
  method: 'GET',
  path: '/api/policy',
  summary: 'The access policy in force, or another version of it.',
  needs: 'policy.read',
  query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
  response: PolicyPage,
});

export const changePolicy = contract({
  method: 'POST',
  path: '/api/policy',
  summary: 'Adds a version of the access policy; nothing is ever overwritten.',
  needs: 'policy.change',
  needsFresh: true,
  body: Type.Object({
    document: Type.Unknown(),
    /** The newest version that the writer has seen: refused when somebody else was quicker. */
    basedOn: Type.Integer({ minimum: 1 }),
    reason: Type.String({ minLength: 10, maxLength: 1000 }),
    /** At once when absent or past. */
    effectiveFrom: Type.Optional(Type.String({ format: 'date-time' })),
  }),
  response: PolicyVersion,
});
