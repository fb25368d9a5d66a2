// Sign-in and sign-out, local and simple: a username and a password for a session.
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

/** Sets the cookie `sen_session` for browsers; `token` is for scripts, as `Authorization: Bearer`. */
export const signIn = contract({
  method: 'POST',
  path: '/api/session',
  summary: 'Opens a session for a username and a password.',
  needs: 'open',
  body: Type.Object({ username: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 256 }) }),
  response: Type.Object({ token: Type.String(), expiresAt: Type.String(), account: SignedInAccount }),
});

export const readSession = contract({
  method: 'GET',
  path: '/api/session',
  summary: 'Tells who is signed in; 401 when nobody is.',
  needs: 'session.own',
  response: Type.Object({ expiresAt: Type.String(), account: SignedInAccount }),
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
