// A person's own account: password, second factors, quick code, sessions.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';
import { PasskeyQuestion, SignedInAccount } from './session.ts';

const SessionLine = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal('browser'), Type.Literal('script'), Type.Literal('machine')]),
  method: Type.String(),
  address: Type.Optional(Type.String()),
  agent: Type.Optional(Type.String()),
  createdAt: Type.String(),
  lastUsedAt: Type.String(),
  locked: Type.Boolean(),
});
export type SessionLine = Static<typeof SessionLine>;
export const SessionLines = Type.Array(SessionLine);

export const OwnAccount = Type.Object({
  account: SignedInAccount,
  hasPassword: Type.Boolean(),
  passwordChangedAt: Type.Optional(Type.String()),
  totp: Type.Boolean(),
  passkeys: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), createdAt: Type.String(), lastUsedAt: Type.Optional(Type.String()) })),
  recoveryCodes: Type.Integer(),
  quickCode: Type.Boolean(),
  /** This person must have a second factor by now. */
  mustHaveSecondFactor: Type.Boolean(),
  sessions: SessionLines,
  /** Id of the session that asks. */
  current: Type.String(),
});
export type OwnAccount = Static<typeof OwnAccount>;

const own = { needs: 'session.own' } as const;
const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) });
const Base64url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 65_536 });

export const readOwnAccount = contract({
  method: 'GET', path: '/api/my/account', summary: 'Tells how one signs in, and one’s sessions.', ...own, whileHeld: ['must-change', 'must-enrol'], response: OwnAccount,
});

export const changePassword = contract({
  method: 'PUT', path: '/api/my/password', summary: 'Changes one’s own password and ends one’s other sessions.', ...own, whileHeld: ['must-change'],
  body: Type.Object({ current: Type.String({ minLength: 1, maxLength: 256 }), next: Type.String({ minLength: 1, maxLength: 256 }) }), response: Type.Null(),
});

export const beginTotp = contract({
  method: 'POST', path: '/api/my/totp', summary: 'Begins to set up an authenticator app.', ...own, needsFresh: true, whileHeld: ['must-enrol'],
  response: Type.Object({ secret: Type.String(), uri: Type.String() }),
});

export const confirmTotp = contract({
  method: 'PUT', path: '/api/my/totp', summary: 'Takes the app into use with its first code.', ...own, whileHeld: ['must-enrol'],
  body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 8 }) }), response: RecoveryCodes,
});

export const removeTotp = contract({ method: 'DELETE', path: '/api/my/totp', summary: 'Removes the app.', ...own, needsFresh: true, response: Type.Null() });

export const beginPasskey = contract({
  method: 'POST', path: '/api/my/passkeys/options', summary: 'Begins to make a passkey.', ...own, needsFresh: true, whileHeld: ['must-enrol'], response: PasskeyQuestion,
});

export const addPasskey = contract({
  method: 'POST', path: '/api/my/passkeys', summary: 'Keeps a new passkey.', ...own, whileHeld: ['must-enrol'],
  body: Type.Object({
    ticket: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** RegistrationResponseJSON of Web Authentication Level 3. */
    response: Type.Object({
      id: Base64url, rawId: Base64url, type: Type.Literal('public-key'),
      response: Type.Object({ clientDataJSON: Base64url, attestationObject: Base64url, transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 8 })) }),
      authenticatorAttachment: Type.Optional(Type.String()),
      clientExtensionResults: Type.Record(Type.String(), Type.Unknown()),
    }),
  }),
  response: RecoveryCodes,
});

export const removePasskey = contract({
  method: 'DELETE', path: '/api/my/passkeys/:passkeyId', summary: 'Removes a passkey.', ...own, needsFresh: true,
  params: Type.Object({ passkeyId: Type.String({ minLength: 1, maxLength: 1400 }) }), response: Type.Null(),
});

export const renewRecoveryCodes = contract({
  method: 'POST', path: '/api/my/recovery-codes', summary: 'Gives ten new recovery codes in place of the old.', ...own, needsFresh: true, response: RecoveryCodes,
});

export const setQuickCode = contract({
  method: 'PUT', path: '/api/my/quick-code', summary: 'Keeps six digits with which one comes back to a locked screen.', ...own, needsFresh: true,
  body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }), response: Type.Null(),
});

export const removeQuickCode = contract({ method: 'DELETE', path: '/api/my/quick-code', summary: 'Removes the quick code.', ...own, response: Type.Null() });

export const endOwnSessions = contract({
  method: 'DELETE', path: '/api/my/sessions', summary: 'Ends one of one’s sessions, all others, or all of them.', ...own,
  query: Type.Object({ id: Type.Optional(Type.String({ pattern: '^[0-9a-z]{13}$' })), others: Type.Optional(Type.Boolean()) }),
  response: Type.Object({ ended: Type.Integer() }),
});
