// Sign-in and sign-out: a password and a second factor, a passkey, a locked screen and the way back.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

export const SignedInAccount = Type.Object({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  /** Organization id of the facility the person works for. */
  facility: Type.Optional(Type.String()),
});
export type SignedInAccount = Static<typeof SignedInAccount>;

/** What stands between the session and everything else. */
const HeldState = Type.Union([Type.Literal('locked'), Type.Literal('must-change'), Type.Literal('must-enrol')]);

export const OwnSession = Type.Object({
  expiresAt: Type.String(),
  account: SignedInAccount,
  held: Type.Optional(HeldState),
  /** After so many minutes without use the screen locks; absent: never. */
  lockMinutes: Type.Optional(Type.Integer()),
  /** Ways back to a locked screen, and ways to confirm who one is. */
  ways: Type.Array(Type.Union([Type.Literal('password'), Type.Literal('quick-code'), Type.Literal('totp'), Type.Literal('passkey')])),
  permissions: Type.Array(Type.String()),
});
export type OwnSession = Static<typeof OwnSession>;

const Failures = Type.Object({ count: Type.Integer(), lastAt: Type.String(), addresses: Type.Array(Type.String()) });

/** Either signed in, or a ticket for the second step. */
export const SignInAnswer = Type.Object({
  /** For scripts, as `Authorization: Bearer`; a browser has the cookie and is told no token. */
  token: Type.Optional(Type.String()),
  session: Type.Optional(OwnSession),
  /** Wrong tries since the last sign-in. */
  failures: Type.Optional(Failures),
  second: Type.Optional(Type.Object({ ticket: Type.String(), methods: Type.Array(Type.Union([Type.Literal('totp'), Type.Literal('passkey'), Type.Literal('recovery')])) })),
});
export type SignInAnswer = Static<typeof SignInAnswer>;

const Ticket = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const Base64url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 16_384 });

/** AuthenticationResponseJSON of Web Authentication Level 3. */
export const PasskeyAnswer = Type.Object({
  id: Base64url, rawId: Base64url, type: Type.Literal('public-key'),
  response: Type.Object({ clientDataJSON: Base64url, authenticatorData: Base64url, signature: Base64url, userHandle: Type.Optional(Base64url) }),
  authenticatorAttachment: Type.Optional(Type.String()),
  clientExtensionResults: Type.Record(Type.String(), Type.Unknown()),
});
const PasskeyProof = Type.Object({ ticket: Ticket, response: PasskeyAnswer });
/** PublicKeyCredentialRequestOptionsJSON or …CreationOptionsJSON, as the browser takes it. */
export const PasskeyQuestion = Type.Object({ ticket: Type.String(), options: Type.Record(Type.String(), Type.Unknown()) });

export const Proof = Type.Object({
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  code: Type.Optional(Type.String({ minLength: 6, maxLength: 8 })),
  quickCode: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
  passkey: Type.Optional(PasskeyProof),
}, { minProperties: 1, maxProperties: 1, additionalProperties: false });

/** Sets the cookie `__Host-sen_session` (`sen_session` without https) for browsers. */
export const signIn = contract({
  method: 'POST',
  path: '/api/session',
  summary: 'Opens a session for a username and a password, or asks for the second factor.',
  needs: 'open',
  body: Type.Object({ username: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 256 }) }),
  response: SignInAnswer,
});

export const giveSecondFactor = contract({
  method: 'POST',
  path: '/api/session/second',
  summary: 'Completes a sign-in with a code of an app, a recovery code or a passkey.',
  needs: 'open',
  body: Type.Object({ ticket: Ticket, code: Type.Optional(Type.String({ minLength: 6, maxLength: 20 })), passkey: Type.Optional(PasskeyProof) }),
  response: SignInAnswer,
});

export const askPasskey = contract({
  method: 'POST',
  path: '/api/session/passkey/options',
  summary: 'Gives the question that a passkey of this site answers.',
  needs: 'open',
  response: PasskeyQuestion,
});

export const signInWithPasskey = contract({
  method: 'POST',
  path: '/api/session/passkey',
  summary: 'Opens a session for a passkey.',
  needs: 'open',
  body: PasskeyProof,
  response: SignInAnswer,
});

export const readSession = contract({
  method: 'GET',
  path: '/api/session',
  summary: 'Tells who is signed in; 401 when nobody is.',
  needs: 'session.own',
  whileHeld: ['locked', 'must-change', 'must-enrol'],
  response: OwnSession,
});

export const lockSession = contract({
  method: 'POST',
  path: '/api/session/lock',
  summary: 'Locks the session until its person comes back.',
  needs: 'session.own',
  whileHeld: ['locked', 'must-change', 'must-enrol'],
  response: Type.Null(),
});

export const unlockSession = contract({
  method: 'POST',
  path: '/api/session/unlock',
  summary: 'Opens a locked session again by quick code, password, app or passkey; after five wrong tries it ends.',
  needs: 'session.own',
  whileHeld: ['locked'],
  body: Proof,
  response: OwnSession,
});

export const confirmPerson = contract({
  method: 'POST',
  path: '/api/session/confirm',
  summary: 'Confirms that it is still the same person, for five minutes of dangerous acts.',
  needs: 'session.own',
  whileHeld: ['must-enrol'],
  body: Proof,
  response: Type.Null(),
});

export const signOut = contract({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Ends the session and clears the cookie.',
  needs: 'open',
  response: Type.Null(),
});

export const DemoAccounts = Type.Object({
  /** The password of all of them; absent where the demo hospital was not loaded. */
  password: Type.Optional(Type.String()),
  accounts: Type.Array(Type.Pick(SignedInAccount, ['username', 'name', 'roles'])),
});
export type DemoAccounts = Static<typeof DemoAccounts>;

export const listDemoAccounts = contract({
  method: 'GET',
  path: '/api/session/demo-accounts',
  summary: 'Lists the demo accounts for the sign-in page; none where the demo hospital was not loaded.',
  needs: 'open',
  response: DemoAccounts,
});

export const SignInWays = Type.Object({
  /** Nobody administers this hospital yet: the first administrator is made at `/setup`. */
  setup: Type.Boolean(),
  /** Name of the citizen-identity provider; absent where none is set up. */
  citizen: Type.Optional(Type.String()),
});
export type SignInWays = Static<typeof SignInWays>;

export const listSignInWays = contract({
  method: 'GET',
  path: '/api/session/ways',
  summary: 'Tells by what one may sign in here.',
  needs: 'open',
  response: SignInWays,
});
