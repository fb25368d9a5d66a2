// Vital signs and triage: what was measured, what a published rule suggests, and what the nurse decides.
import Type, { type Static } from 'typebox';
import { Id, Instant, PriorityClass, PriorityReason } from './queue.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Bilingual = Type.Object({ vi: Text, en: Text });
const OfVisit = Type.Object({ visitId: Id });

/** Signs that are numbers: /min, mm[Hg], Cel, % (pulse oximetry), kg, cm. */
export const VitalSign = Type.Union([
  Type.Literal('pulse'), Type.Literal('systolic'), Type.Literal('diastolic'), Type.Literal('temperature'), Type.Literal('saturation'), Type.Literal('breaths'), Type.Literal('weight'), Type.Literal('height'),
]);
export type VitalSign = Static<typeof VitalSign>;

/** ACVPU. */
export const Consciousness = Type.Union([Type.Literal('alert'), Type.Literal('confused'), Type.Literal('voice'), Type.Literal('pain'), Type.Literal('unresponsive')]);
export type Consciousness = Static<typeof Consciousness>;

const Measured = Type.Optional(Type.Number());
export const Vitals = Type.Object({
  pulse: Measured, systolic: Measured, diastolic: Measured, temperature: Measured, saturation: Measured, breaths: Measured, weight: Measured, height: Measured,
  consciousness: Type.Optional(Consciousness),
  /** The patient breathes oxygen from a mask or a prong. */
  onOxygen: Type.Optional(Type.Boolean()),
}, { additionalProperties: false });
export type Vitals = Static<typeof Vitals>;

/** `impossible` is not recorded; `unusual` for this age is: somebody looks again. */
export const VitalFinding = Type.Object({ sign: VitalSign, kind: Type.Union([Type.Literal('impossible'), Type.Literal('unusual')]), low: Type.Number(), high: Type.Number() });
export type VitalFinding = Static<typeof VitalFinding>;

export const TriageSuggestion = Type.Object({
  /** Name of the rule, and the text it comes from. */
  rule: Bilingual,
  source: Text,
  /** The class the rule asks for; absent: none above what holds anyway. */
  class: Type.Optional(PriorityClass),
  /** Sum of a scoring rule, and whether all it asks for was measured. */
  score: Type.Optional(Type.Integer()),
  complete: Type.Boolean(),
  reasons: Type.Array(Type.Object({ sign: Type.Union([VitalSign, Type.Literal('consciousness'), Type.Literal('onOxygen')]), value: Text, points: Type.Optional(Type.Integer()) })),
});
export type TriageSuggestion = Static<typeof TriageSuggestion>;

export const readTriage = contract({
  method: 'GET',
  path: '/api/visits/:visitId/triage',
  summary: 'What was measured and decided at the triage of a visit.',
  needs: 'visit.triage',
  params: OfVisit,
  response: Type.Object({
    class: PriorityClass,
    reasons: Type.Array(PriorityReason),
    note: Type.Optional(Text),
    /** Vital signs of this visit, newest first; `id` names the Observation. */
    measured: Type.Array(Type.Object({ id: Text, name: Text, value: Text, at: Instant })),
  }),
});

export const suggestTriage = contract({
  method: 'POST',
  path: '/api/visits/:visitId/triage/suggestion',
  summary: 'What the vital signs suggest; records nothing.',
  needs: 'visit.triage',
  params: OfVisit,
  body: Type.Object({ vitals: Vitals, pregnant: Type.Optional(Type.Boolean()) }),
  response: Type.Object({ findings: Type.Array(VitalFinding), suggestion: Type.Optional(TriageSuggestion) }),
});

export const triageVisit = contract({
  method: 'PUT',
  path: '/api/visits/:visitId/triage',
  summary: 'Records vital signs (Observation, profile vitalsigns) and sets how soon a visit must be seen; the place in every line follows. Below what the rule suggests only with a note.',
  needs: 'visit.triage',
  params: OfVisit,
  body: Type.Object({
    class: PriorityClass,
    reasons: Type.Array(PriorityReason, { maxItems: 7 }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    vitals: Type.Optional(Vitals),
    /** Names this entry, so that sent twice it is recorded once; needed with vitals. */
    onceKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9\\-]{8,64}$' })),
    /** Observations of this visit that were typed by mistake. */
    mistaken: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  }),
  response: Type.Object({
    visitId: Text, ticket: Text, class: PriorityClass, reasons: Type.Array(PriorityReason), note: Type.Optional(Text),
    /** Observations that were recorded. */
    observations: Type.Array(Text),
    suggestion: Type.Optional(TriageSuggestion),
  }),
});
