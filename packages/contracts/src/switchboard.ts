// The telephone: what a switchboard tells of its calls, the voice menu it may let us lead, and the calls an operator sees.
import Type, { type Static } from 'typebox';
import { Sex } from './patients.ts';
import { contract } from './route.ts';

/** The switchboard's own name of a call (Asterisk: uniqueid; FreeSWITCH: uuid; SIP: Call-ID). */
const CallKey = Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$' });
/** As the line shows it: `+84912345678`, `0912345678`, or nothing when withheld. */
const Caller = Type.String({ pattern: '^[+0-9 ().\\-]{0,32}$' });

export const CallState = Type.Union([Type.Literal('menu'), Type.Literal('ringing'), Type.Literal('answered'), Type.Literal('ended')]);
export type CallState = Static<typeof CallState>;

/** Why the voice menu gave a caller to the operator: asked for, not understood three times, nobody with that number, no free time, something failed. */
export const HandedOver = Type.Union([
  Type.Literal('asked'), Type.Literal('not-understood'), Type.Literal('not-known'), Type.Literal('nothing-free'), Type.Literal('fault'),
]);
export type HandedOver = Static<typeof HandedOver>;

export const reportSwitchboardCall = contract({
  method: 'POST',
  path: '/api/switchboard/calls',
  summary: 'A switchboard tells that a call rings, is answered or has ended (signed with the key of the switchboard).',
  needs: 'open',
  body: Type.Object({
    call: CallKey,
    state: Type.Union([Type.Literal('ringing'), Type.Literal('answered'), Type.Literal('ended')]),
    from: Type.Optional(Caller),
    /** Extension or name of the operator's telephone that rings or answered. */
    extension: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  response: Type.Object({ call: Type.String() }),
});

/** One thing to play: the key of a prompt, the words it says, and where its sound is on this server (`.wav`: 16 bit linear, 8 kHz; the same address with `.ulaw`: µ-law without a header). */
export const SpokenPrompt = Type.Object({ key: Type.String(), text: Type.String(), url: Type.String() });
export type SpokenPrompt = Static<typeof SpokenPrompt>;

export const stepSwitchboardMenu = contract({
  method: 'POST',
  path: '/api/switchboard/ivr',
  summary: 'Leads a caller through the voice menu for a switchboard: keys pressed in, what to play and what to wait for out (signed).',
  needs: 'open',
  body: Type.Object({
    call: CallKey,
    /** `start` once; then `digits` (may be empty: nothing was pressed in time) for every answer; `hang-up` in the end. */
    event: Type.Union([Type.Literal('start'), Type.Literal('digits'), Type.Literal('hang-up')]),
    from: Type.Optional(Caller),
    /** 1 with the first `digits` of a call, one more with each: a step that is sent again is answered again and done once. Without it, every request is a new step. */
    turn: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    digits: Type.Optional(Type.String({ pattern: '^[0-9*#]{0,32}$' })),
  }),
  response: Type.Object({
    say: Type.Array(SpokenPrompt),
    /** `ask`: play, collect keys, come back; `transfer`: to the operator; `hang-up`: say goodbye and end. */
    next: Type.Union([Type.Literal('ask'), Type.Literal('transfer'), Type.Literal('hang-up')]),
    ask: Type.Optional(Type.Object({ most: Type.Integer(), endOn: Type.Literal('#'), waitMs: Type.Integer(), betweenMs: Type.Integer() })),
    transferTo: Type.Optional(Type.String()),
  }),
});

export const CallPatient = Type.Object({
  id: Type.String(),
  name: Type.String(),
  sex: Sex,
  birthDate: Type.Optional(Type.String()),
  hospitalNumber: Type.Optional(Type.String()),
});

export const SwitchboardCall = Type.Object({
  id: Type.String(),
  state: CallState,
  /** As digits with a leading 0 where it is Vietnamese; absent when withheld. */
  from: Type.Optional(Type.String()),
  extension: Type.Optional(Type.String()),
  began: Type.String({ format: 'date-time' }),
  answered: Type.Optional(Type.String({ format: 'date-time' })),
  ended: Type.Optional(Type.String({ format: 'date-time' })),
  /** Present when the voice menu led the call: why it handed it over, and what it had booked or cancelled. */
  handedOver: Type.Optional(HandedOver),
  appointment: Type.Optional(Type.String()),
  /** The operator who has taken it: name, and whether that is who asks. */
  takenBy: Type.Optional(Type.String()),
  mine: Type.Boolean(),
  /** Everybody who has this telephone number, or whom the caller named in the menu (first). */
  patients: Type.Array(CallPatient),
});
export type SwitchboardCall = Static<typeof SwitchboardCall>;

export const listSwitchboardCalls = contract({
  method: 'GET',
  path: '/api/switchboard/calls',
  summary: 'Calls at the switchboard now, the oldest first, with the people their number belongs to; ended ones for ten minutes. Live topic `switchboard/house`.',
  needs: 'booking.operate',
  response: Type.Object({ calls: Type.Array(SwitchboardCall) }),
});

export const takeSwitchboardCall = contract({
  method: 'POST',
  path: '/api/switchboard/calls/:call/take',
  summary: 'An operator takes a call, so that the others see it is hers. Refused when somebody else has.',
  needs: 'booking.operate',
  params: Type.Object({ call: Type.String({ pattern: '^[0-9a-f\\-]{36}$' }) }),
  response: SwitchboardCall,
});
