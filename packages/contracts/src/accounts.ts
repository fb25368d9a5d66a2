// The accounts of the hospital, for those who manage them; and the first administrator.
import Type, { type Static } from 'typebox';
import { SessionLines } from './own-account.ts';
import { contract } from './route.ts';

const Id = Type.String({ pattern: '^[0-9a-z]{13}$' });
const Username = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,63}$' });
const Name = Type.String({ minLength: 1, maxLength: 120 });
const Roles = Type.Array(Type.String({ maxLength: 32 }), { minItems: 1, maxItems: 20, uniqueItems: true });
const ResourceId = Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' });
const Places = Type.Array(Type.String({ pattern: '^(Organization|Location|CareTeam|PractitionerRole)/[A-Za-z0-9.-]{1,64}$' }), { maxItems: 50, uniqueItems: true });

export const ManagedAccount = Type.Object({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('person'), Type.Literal('service')]),
  roles: Type.Array(Type.String()),
  facility: Type.Optional(Type.String()),
  practitioner: Type.Optional(Type.String()),
  places: Type.Array(Type.String()),
  /** How many patients the person is, or may act for. */
  patients: Type.Integer(),
  disabled: Type.Boolean(),
  demo: Type.Boolean(),
  secondFactor: Type.Boolean(),
  mustHaveSecondFactor: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  lastSignedInAt: Type.Optional(Type.String()),
  sessions: Type.Integer(),
});
export type ManagedAccount = Static<typeof ManagedAccount>;

/** Shown once: the person signs in with it and then chooses a password. */
const OneTimeCode = Type.Object({ account: ManagedAccount, code: Type.String(), until: Type.String() });

const manage = { needs: 'account.manage' } as const;
const One = Type.Object({ accountId: Id });

export const listAccounts = contract({
  method: 'GET', path: '/api/accounts', summary: 'Lists accounts by name or username, role and state.', ...manage,
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    role: Type.Optional(Type.String({ maxLength: 32 })),
    state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('disabled'), Type.Literal('all')])),
    after: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  response: Type.Object({ accounts: Type.Array(ManagedAccount), total: Type.Integer(), next: Type.Optional(Type.String()) }),
});

export const createAccount = contract({
  method: 'POST', path: '/api/accounts', summary: 'Makes an account and gives its one-time code.', ...manage, needsFresh: true,
  body: Type.Object({ username: Username, name: Name, roles: Roles, facility: Type.Optional(ResourceId), practitioner: Type.Optional(ResourceId), places: Type.Optional(Places) }, { additionalProperties: false }),
  response: OneTimeCode,
});

export const changeAccount = contract({
  method: 'PATCH', path: '/api/accounts/:accountId', summary: 'Changes an account: name, roles, places, state; an empty facility or practitioner removes it.', ...manage, needsFresh: true,
  params: One,
  body: Type.Object({
    name: Type.Optional(Name), roles: Type.Optional(Roles), facility: Type.Optional(Type.Union([ResourceId, Type.Literal('')])),
    practitioner: Type.Optional(Type.Union([ResourceId, Type.Literal('')])), places: Type.Optional(Places),
    disabled: Type.Optional(Type.Boolean()), mustHaveSecondFactor: Type.Optional(Type.Boolean()),
  }, { additionalProperties: false, minProperties: 1 }),
  response: ManagedAccount,
});

export const resetAccount = contract({
  method: 'POST', path: '/api/accounts/:accountId/reset', summary: 'Puts a one-time code in place of the password, ends the sessions and, when asked, removes the second factors.', ...manage, needsFresh: true,
  params: One, body: Type.Object({ factors: Type.Boolean() }, { additionalProperties: false }), response: OneTimeCode,
});

export const listAccountSessions = contract({
  method: 'GET', path: '/api/accounts/:accountId/sessions', summary: 'Lists the sessions of an account.', ...manage, params: One, response: SessionLines,
});

export const endAccountSessions = contract({
  method: 'DELETE', path: '/api/accounts/:accountId/sessions', summary: 'Ends all sessions of an account.', ...manage, params: One, response: Type.Object({ ended: Type.Integer() }),
});

export const setUpHospital = contract({
  method: 'POST', path: '/api/setup', summary: 'Makes the first administrator, with the code that the start has printed.', needs: 'open',
  body: Type.Object({ code: Type.String({ minLength: 8, maxLength: 64 }), username: Username, name: Name, password: Type.String({ minLength: 1, maxLength: 256 }) }, { additionalProperties: false }),
  response: Type.Object({ username: Type.String() }),
});
