// Messages to people: what was sent, with which words, and how each person wants to be told.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

export const MessageChannel = Type.Union([Type.Literal('zalo'), Type.Literal('sms'), Type.Literal('email'), Type.Literal('push')]);
export type MessageChannel = Static<typeof MessageChannel>;

/** What a message is for; each may be refused by itself, except codes. */
export const MessagePurpose = Type.Union([Type.Literal('code'), Type.Literal('appointment'), Type.Literal('visit'), Type.Literal('result'), Type.Literal('notice'), Type.Literal('marketing')]);
export type MessagePurpose = Static<typeof MessagePurpose>;

/** `unsure`: the sending was cut off, and nobody knows whether it arrived. `suppressed`: the person has said no, or gave no consent. */
export const MessageState = Type.Union([
  Type.Literal('queued'), Type.Literal('sending'), Type.Literal('sent'), Type.Literal('delivered'), Type.Literal('read'),
  Type.Literal('failed'), Type.Literal('expired'), Type.Literal('unsure'), Type.Literal('suppressed'), Type.Literal('withdrawn'),
]);
export type MessageState = Static<typeof MessageState>;

const MessageLine = Type.Object({
  id: Type.String(),
  template: Type.String(),
  purpose: MessagePurpose,
  state: MessageState,
  /** Of the last attempt; absent before the first. */
  channel: Type.Optional(MessageChannel),
  /** Masked: `09•• ••• 123`. */
  to: Type.Optional(Type.String()),
  createdAt: Type.String(),
  dueAt: Type.String(),
  changedAt: Type.String(),
  attempts: Type.Integer(),
  /** Why it has not been sent: a code such as `no-address`, `http-503`, `opted-out`. */
  why: Type.Optional(Type.String()),
  /** What the person replied. */
  answer: Type.Optional(Type.String()),
});
export type MessageLine = Static<typeof MessageLine>;

export const MessageDay = Type.Object({
  messages: Type.Array(MessageLine),
  /** Give it back as `after` for more. */
  next: Type.Optional(Type.String()),
  /** Of the last 24 hours, by state. */
  counts: Type.Record(Type.String(), Type.Integer()),
  /** Channels with a provider, and how each does. */
  channels: Type.Array(Type.Object({ channel: MessageChannel, adapter: Type.String(), sentDay: Type.Integer(), failedDay: Type.Integer() })),
});
export type MessageDay = Static<typeof MessageDay>;

export const listMessages = contract({
  method: 'GET', path: '/api/messages', summary: 'Lists messages and how each was delivered, newest first, without what they say.', needs: 'message.manage',
  query: Type.Object({
    state: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('waiting'), Type.Literal('sent'), Type.Literal('trouble')])),
    template: Type.Optional(Type.String({ maxLength: 80 })),
    after: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  response: MessageDay,
});

export const resendMessage = contract({
  method: 'POST', path: '/api/messages/:messageId/resend', summary: 'Sends a message again that failed, or of which nobody knows whether it arrived.', needs: 'message.manage',
  params: Type.Object({ messageId: Type.String({ pattern: '^[0-9a-z]{13}$' }) }), response: Type.Null(),
});

export const MessageWording = Type.Object({
  /** SMS, Zalo without a template of its own, and the text of a push. */
  sms: Type.String({ minLength: 1, maxLength: 1000 }),
  /** Subject of an e-mail, title of a push. */
  title: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  /** Text of an e-mail; without one, the text of the SMS. */
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 5000 })),
});
export type MessageWording = Static<typeof MessageWording>;

const MessageTemplate = Type.Object({
  code: Type.String(),
  purpose: MessagePurpose,
  about: Type.Object({ vi: Type.String(), en: Type.String() }),
  /** Names that may stand in braces, each with an example. */
  placeholders: Type.Array(Type.Object({ name: Type.String(), required: Type.Boolean(), vi: Type.String(), en: Type.String() })),
  vi: MessageWording,
  en: MessageWording,
  /** Since when the hospital uses its own words; absent: those of the house. */
  ownSince: Type.Optional(Type.String()),
  /** Its own words for a later day. */
  planned: Type.Optional(Type.Object({ from: Type.String(), vi: MessageWording, en: MessageWording })),
  zaloTemplate: Type.Optional(Type.String()),
});
export type MessageTemplate = Static<typeof MessageTemplate>;

export const listMessageTemplates = contract({
  method: 'GET', path: '/api/message-templates', summary: 'Lists all templates with the words in use.', needs: 'message.manage', response: Type.Array(MessageTemplate),
});

const TemplateCode = Type.Object({ code: Type.String({ pattern: '^[a-z-]+\\.[a-z-]+$', maxLength: 80 }) });

export const readMessageTemplate = contract({
  method: 'GET', path: '/api/message-templates/:code', summary: 'Reads one template.', needs: 'message.manage', params: TemplateCode, response: MessageTemplate,
});

export const changeMessageTemplate = contract({
  method: 'PUT', path: '/api/message-templates/:code', summary: 'Puts the hospital’s own words in place, now or from a later instant; without words, those of the house again.', needs: 'message.manage',
  params: TemplateCode,
  body: Type.Object({
    vi: Type.Optional(MessageWording),
    en: Type.Optional(MessageWording),
    from: Type.Optional(Type.String({ maxLength: 40 })),
    zaloTemplate: Type.Optional(Type.String({ maxLength: 40 })),
  }),
  response: MessageTemplate,
});

export const MessagePreview = Type.Object({
  sms: Type.String(),
  title: Type.String(),
  email: Type.String(),
  /** Letters as they are sent (without accents where the setting says so) and what the SMS is charged as. */
  smsSent: Type.String(),
  encoding: Type.Union([Type.Literal('gsm-7'), Type.Literal('ucs-2')]),
  segments: Type.Integer(),
  findings: Type.Array(Type.Object({ where: Type.String(), vi: Type.String(), en: Type.String() })),
});
export type MessagePreview = Static<typeof MessagePreview>;

export const previewMessageTemplate = contract({
  method: 'POST', path: '/api/message-templates/:code/preview', summary: 'Shows what people would get, with the example values.', needs: 'message.manage',
  params: TemplateCode, body: Type.Object({ language: Type.Union([Type.Literal('vi'), Type.Literal('en')]), wording: MessageWording }), response: MessagePreview,
});

const QuietHour = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

export const MessagePreferences = Type.Object({
  language: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
  /** In the order in which they are tried. Channels left out are not used, except for codes. */
  channels: Type.Array(MessageChannel, { maxItems: 4 }),
  quietFrom: QuietHour,
  quietTo: QuietHour,
  /** Purposes of which nothing is to be sent. Codes cannot be refused. */
  refused: Type.Array(Type.Union([Type.Literal('appointment'), Type.Literal('visit'), Type.Literal('result'), Type.Literal('notice')]), { maxItems: 4 }),
  /** Said yes to news of the hospital; without it none is sent. */
  marketing: Type.Boolean(),
});
export type MessagePreferences = Static<typeof MessagePreferences>;

/** `patientId`: oneself, or one of one’s family; the first of one’s own patients without it. */
const OwnPatient = Type.Object({ patientId: Type.Optional(Type.String({ maxLength: 64 })) });

export const readMessagePreferences = contract({
  method: 'GET', path: '/api/my/message-preferences', summary: 'Tells how one wants to be told.', needs: 'message.own', query: OwnPatient,
  response: Type.Object({ preferences: MessagePreferences, available: Type.Array(MessageChannel), devices: Type.Integer() }),
});

export const changeMessagePreferences = contract({
  method: 'PUT', path: '/api/my/message-preferences', summary: 'Keeps how one wants to be told.', needs: 'message.own',
  body: Type.Object({ patientId: Type.Optional(Type.String({ maxLength: 64 })), preferences: MessagePreferences }), response: Type.Null(),
});

/** PushSubscription.toJSON() of the Push API. */
export const addPushSubscription = contract({
  method: 'POST', path: '/api/my/push-subscriptions', summary: 'Lets this browser be told: a PushSubscription of the Push API, for oneself and one’s family.', needs: 'message.own',
  body: Type.Object({
    endpoint: Type.String({ pattern: '^https?://', maxLength: 1000 }),
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    keys: Type.Object({ p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$' }), auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}={0,2}$' }) }),
  }),
  response: Type.Null(),
});

export const removePushSubscription = contract({
  method: 'DELETE', path: '/api/my/push-subscriptions', summary: 'Stops telling this browser.', needs: 'message.own',
  query: Type.Object({ endpoint: Type.String({ maxLength: 1000 }) }), response: Type.Null(),
});

export const readPushKey = contract({
  method: 'GET', path: '/api/push-key', summary: 'The public key for PushManager.subscribe (RFC 8292).', needs: 'message.own', response: Type.Object({ key: Type.String() }),
});
