// The audit: who did what, for auditors, and who looked at one's own record, for patients.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?)?$' });
const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });
const Place = Type.String({ pattern: '^\\d{1,16}\\.\\d{1,16}$' });

export const AuditAction = Type.Union([Type.Literal('C'), Type.Literal('R'), Type.Literal('U'), Type.Literal('D'), Type.Literal('E')]);
export const AuditOutcome = Type.Union([Type.Literal('done'), Type.Literal('refused'), Type.Literal('failed')]);
export type AuditOutcome = Static<typeof AuditOutcome>;

const Person = Type.Object({ id: Type.String(), name: Type.String() });

export const AuditActor = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('person'), Type.Literal('device'), Type.Literal('system')]),
  roles: Type.Array(Type.String()),
});

export const AuditRow = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  kind: Type.String(),
  /** What was done, in Vietnamese and English. */
  did: Type.Object({ vi: Type.String(), en: Type.String() }),
  action: AuditAction,
  outcome: AuditOutcome,
  status: Type.Optional(Type.Integer()),
  code: Type.Optional(Type.String()),
  actor: AuditActor,
  client: Type.Optional(Type.String()),
  session: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  purpose: Type.Optional(Type.String()),
  emergency: Type.Boolean(),
  door: Type.Optional(Type.String()),
  query: Type.Optional(Type.String()),
  /** The first few; `patientCount` tells of how many. */
  patients: Type.Array(Person),
  patientCount: Type.Integer(),
  touches: Type.Array(Type.String()),
  request: Type.Optional(Type.String()),
  detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  hash: Type.String(),
});
export type AuditRow = Static<typeof AuditRow>;

const filters = {
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  /** Part of a name or username, or an id. */
  who: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  patient: Type.Optional(Id),
  action: Type.Optional(AuditAction),
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  outcome: Type.Optional(AuditOutcome),
  door: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  address: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  request: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
};

export const searchAudit = contract({
  method: 'GET',
  path: '/api/audit',
  summary: 'Finds entries of the audit, newest first.',
  needs: 'audit.read',
  query: Type.Object({ ...filters, page: Type.Optional(Place), count: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
  response: Type.Object({ entries: Type.Array(AuditRow), next: Type.Optional(Type.String()) }),
});

/** The file of `/api/audit/export`; the answer is NDJSON or CSV, not JSON. */
export const exportAuditQuery = Type.Object({ ...filters, format: Type.Optional(Type.Union([Type.Literal('ndjson'), Type.Literal('csv')])) });

const Bar = Type.Object({ at: Type.String(), done: Type.Integer(), refused: Type.Integer(), failed: Type.Integer() });
export type AuditBar = Static<typeof Bar>;

export const countAudit = contract({
  method: 'GET',
  path: '/api/audit/volume',
  summary: 'How many entries there are in each hour or day of a time, to see a trend.',
  needs: 'audit.read',
  query: Type.Object({ ...filters, per: Type.Union([Type.Literal('hour'), Type.Literal('day')]) }),
  response: Type.Object({ bars: Type.Array(Bar) }),
});

const Reason = Type.Object({ rule: Type.String(), vi: Type.String(), en: Type.String(), score: Type.Integer() });

export const UnusualAccess = Type.Object({
  actor: AuditActor,
  patient: Type.Optional(Person),
  first: Type.String(),
  last: Type.String(),
  entries: Type.Integer(),
  /** Sum of the scores of its reasons, at most 100. */
  score: Type.Integer(),
  reasons: Type.Array(Reason),
});
export type UnusualAccess = Static<typeof UnusualAccess>;

export const findUnusualAccess = contract({
  method: 'GET',
  path: '/api/audit/unusual',
  summary: 'Accesses worth a question, the most unusual first, each with its reasons.',
  needs: 'audit.read',
  query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92 })) }),
  response: Type.Object({ since: Type.String(), accesses: Type.Array(UnusualAccess) }),
});

export const OwnAccess = Type.Object({
  from: Type.String(),
  to: Type.String(),
  actor: Type.Object({ name: Type.String(), role: Type.Optional(Type.String()), place: Type.Optional(Type.String()), own: Type.Boolean() }),
  /** The whole sentence, in Vietnamese and English. */
  sentence: Type.Object({ vi: Type.String(), en: Type.String() }),
  count: Type.Integer(),
  refused: Type.Boolean(),
  emergency: Type.Optional(Type.Object({ reason: Type.String() })),
  steps: Type.Array(Type.Object({ at: Type.String(), vi: Type.String(), en: Type.String() })),
});
export type OwnAccess = Static<typeof OwnAccess>;

const ownQuery = {
  patient: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  only: Type.Optional(Type.Union([Type.Literal('others'), Type.Literal('emergency'), Type.Literal('changes')])),
};

export const listOwnAccess = contract({
  method: 'GET',
  path: '/api/my/access-log',
  summary: 'Who looked at one’s own record, newest first; every access there was.',
  needs: 'access.own',
  query: Type.Object({ ...ownQuery, page: Type.Optional(Place) }),
  response: Type.Object({ patient: Type.Optional(Person), patients: Type.Array(Person), accesses: Type.Array(OwnAccess), next: Type.Optional(Type.String()) }),
});

export const exportOwnAccessQuery = Type.Object(ownQuery);
