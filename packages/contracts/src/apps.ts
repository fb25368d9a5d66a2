// Apps: the administrator's list, what a person allows them, and opening one from a chart.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const AppId = Type.String({ pattern: '^[A-Za-z0-9._-]{3,64}$' });
const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });
const Address = Type.String({ minLength: 1, maxLength: 512 });
const Scope = Type.String({ minLength: 1, maxLength: 640, pattern: '^[!-~]+$' });
const Scopes = Type.Array(Scope, { maxItems: 100 });

/** What an administrator says of an app or a service. */
export const AppForm = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** `person`: acts for whoever uses it; `service`: for itself. */
  kind: Type.Union([Type.Literal('person'), Type.Literal('service')]),
  role: Type.Optional(Type.Union([Type.Literal('partner'), Type.Literal('device'), Type.Literal('integration')])),
  /** Of a partner: why it asks (v3-PurposeOfUse). */
  purpose: Type.Optional(Type.Union([Type.Literal('TREAT'), Type.Literal('HPAYMT'), Type.Literal('PUBHLTH'), Type.Literal('HRESCH')])),
  organisation: Type.Optional(Id),
  redirectUris: Type.Array(Address, { maxItems: 20 }),
  launchUri: Type.Optional(Address),
  clientUri: Type.Optional(Address),
  authentication: Type.Union([Type.Literal('none'), Type.Literal('secret'), Type.Literal('key')]),
  jwks: Type.Optional(Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 20 }) })),
  jwksUri: Type.Optional(Address),
  /** SHA-256 (base64url) of the certificate that a service must show beside its key. */
  certificate: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
  scopes: Scopes,
  /** May look at the tokens of other apps (RFC 7662). */
  introspects: Type.Optional(Type.Boolean()),
}, { additionalProperties: false });
export type AppForm = Static<typeof AppForm>;

export const AppView = Type.Object({ id: Type.String(), ...AppForm.properties, introspects: Type.Boolean(), disabled: Type.Boolean(), registeredBy: Type.String(), createdAt: Type.String() });
export type AppView = Static<typeof AppView>;

export const listApps = contract({
  method: 'GET', path: '/api/apps', summary: 'Lists all registered apps, devices and partners.', needs: 'app.manage',
  response: Type.Object({ apps: Type.Array(AppView) }),
});

/** `secret` is told this once. */
export const registerApp = contract({
  method: 'POST', path: '/api/apps', summary: 'Registers an app or a service.', needs: 'app.manage', needsFresh: true, body: AppForm,
  response: Type.Object({ app: AppView, secret: Type.Optional(Type.String()) }),
});

export const changeApp = contract({
  method: 'PUT', path: '/api/apps/:appId', summary: 'Changes a registration; scopes that it loses are lost at once.', needs: 'app.manage', needsFresh: true,
  params: Type.Object({ appId: AppId }), body: AppForm,
  response: Type.Object({ app: AppView, secret: Type.Optional(Type.String()) }),
});

export const switchApp = contract({
  method: 'PUT', path: '/api/apps/:appId/disabled', summary: 'Disables an app, which ends all its tokens at once, or enables it again.', needs: 'app.manage', needsFresh: true,
  params: Type.Object({ appId: AppId }), body: Type.Object({ disabled: Type.Boolean() }, { additionalProperties: false }),
  response: Type.Object({ app: AppView }),
});

export const renewAppSecret = contract({
  method: 'POST', path: '/api/apps/:appId/secret', summary: 'Gives an app a new secret, told this once; the old one ends.', needs: 'app.manage', needsFresh: true,
  params: Type.Object({ appId: AppId }),
  response: Type.Object({ secret: Type.String() }),
});

/** RFC 7591 §1.2, initial access token. */
export const inviteApp = contract({
  method: 'POST', path: '/api/app-invitations', summary: 'Makes a token with which one app may register itself.', needs: 'app.manage', needsFresh: true,
  body: Type.Object({ hours: Type.Integer({ minimum: 1, maximum: 720 }) }, { additionalProperties: false }),
  response: Type.Object({ token: Type.String(), address: Type.String(), expiresAt: Type.String() }),
});

export const listLaunchableApps = contract({
  method: 'GET', path: '/api/launchable-apps', summary: 'Lists the apps that can be opened from a chart.', needs: 'app.authorize',
  response: Type.Object({ apps: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
});

export const launchApp = contract({
  method: 'POST', path: '/api/launches', summary: 'Opens an app with the patient in view (SMART EHR launch): gives the address to go to.', needs: 'app.authorize',
  body: Type.Object({ appId: AppId, patientId: Type.Optional(Id), encounterId: Type.Optional(Id) }, { additionalProperties: false }),
  response: Type.Object({ url: Type.String() }),
});

const RequestId = Type.Object({ requestId: Type.String({ pattern: '^[\\w-]{1,64}$' }) });

export const AppRequest = Type.Object({
  app: Type.Object({ id: Type.String(), name: Type.String(), site: Type.String(), selfRegistered: Type.Boolean() }),
  scopes: Type.Array(Type.String()),
  /** The patient that the chart had in view when it opened the app. */
  patientId: Type.Optional(Type.String()),
  /** Whom to choose: nobody, one of one's own, or anybody one may see. */
  choose: Type.Union([Type.Literal('nobody'), Type.Literal('own'), Type.Literal('anybody')]),
  /** One's own. */
  patientIds: Type.Array(Type.String()),
  /** The same was allowed before: nothing to ask. */
  allowedBefore: Type.Boolean(),
  /** How long an app keeps what it is allowed without signing in again. */
  offlineDays: Type.Integer(),
});
export type AppRequest = Static<typeof AppRequest>;

export const readAppRequest = contract({
  method: 'GET', path: '/api/app-requests/:requestId', summary: 'Tells what an app asks of the person signed in.', needs: 'app.authorize',
  params: RequestId, response: AppRequest,
});

export const answerAppRequest = contract({
  method: 'POST', path: '/api/app-requests/:requestId', summary: 'Allows or refuses what an app asks; gives the address to go on to.', needs: 'app.authorize',
  params: RequestId,
  body: Type.Object({ allow: Type.Boolean(), scopes: Type.Optional(Scopes), patientId: Type.Optional(Id) }, { additionalProperties: false }),
  response: Type.Object({ url: Type.String() }),
});

export const AllowedApp = Type.Object({
  id: Type.String(), name: Type.String(), site: Type.Optional(Type.String()), scopes: Type.Array(Type.String()), since: Type.String(), lastUsedAt: Type.String(), offline: Type.Boolean(),
});
export type AllowedApp = Static<typeof AllowedApp>;

export const listAllowedApps = contract({
  method: 'GET', path: '/api/my/apps', summary: 'Lists the apps that the person signed in has allowed.', needs: 'app.authorize',
  response: Type.Object({ apps: Type.Array(AllowedApp) }),
});

export const withdrawApp = contract({
  method: 'DELETE', path: '/api/my/apps/:appId', summary: 'Withdraws what one has allowed an app; its tokens end at once.', needs: 'app.authorize',
  params: Type.Object({ appId: AppId }), response: Type.Null(),
});
