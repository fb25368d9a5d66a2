// The reading half of the chart: small views, each loaded by the part of the screen that shows it.
import Type, { type Static } from 'typebox';
import { Age, PatientId, Sex } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ description: 'ISO 8601 instant, or a date when only the day is known' });
const OfPatient = Type.Object({ patientId: PatientId });

export const Allergy = Type.Object({
  id: Text,
  substance: Text,
  reaction: Type.Optional(Text),
  high: Type.Boolean(),
  unconfirmed: Type.Boolean(),
  since: Type.Optional(Instant),
});
export type Allergy = Static<typeof Allergy>;

export const Banner = Type.Object({
  id: Text,
  name: Text,
  sex: Sex,
  birthDate: Type.Optional(Text),
  age: Type.Optional(Age),
  deceased: Type.Optional(Text),
  hospitalNumber: Type.Optional(Text),
  /** Merged into another record: open that one. */
  replacedBy: Type.Optional(Text),
  /** `none-known`: somebody asked and there is none. `not-asked`: nothing is recorded. */
  allergyState: Type.Union([Type.Literal('known'), Type.Literal('none-known'), Type.Literal('not-asked')]),
  allergies: Type.Array(Allergy),
  insurance: Type.Optional(Type.Object({
    payer: Text,
    cardMasked: Type.Optional(Text),
    until: Type.Optional(Text),
    inForce: Type.Boolean(),
    benefitPercent: Type.Optional(Type.Number()),
  })),
  presentVisit: Type.Optional(Type.Object({ id: Text, kind: Text, place: Type.Optional(Text), since: Type.Optional(Instant) })),
});
export type Banner = Static<typeof Banner>;

export const readBanner = contract({
  method: 'GET',
  path: '/api/patients/:patientId/banner',
  summary: 'Who the patient is: name, age, allergies, insurance, where they are now.',
  needs: 'patient.find',
  params: OfPatient,
  response: Banner,
});

export const Problem = Type.Object({
  id: Text,
  name: Text,
  code: Type.Optional(Text),
  active: Type.Boolean(),
  since: Type.Optional(Instant),
  until: Type.Optional(Instant),
});
export type Problem = Static<typeof Problem>;

export const listProblems = contract({
  method: 'GET',
  path: '/api/patients/:patientId/problems',
  summary: 'Problems: those active first, then those resolved, one row a diagnosis.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  response: Type.Object({ problems: Type.Array(Problem), more: Type.Boolean() }),
});

export const Medicine = Type.Object({
  id: Text,
  name: Text,
  /** Dose, way and times as the prescriber wrote or as the record's fields say; absent when the record is silent. */
  sig: Type.Optional(Text),
  asNeeded: Type.Boolean(),
  current: Type.Boolean(),
  status: Type.Union([
    Type.Literal('active'), Type.Literal('on-hold'), Type.Literal('completed'),
    Type.Literal('stopped'), Type.Literal('cancelled'), Type.Literal('draft'), Type.Literal('unknown'),
  ]),
  prescribed: Type.Optional(Instant),
  prescriber: Type.Optional(Text),
  reason: Type.Optional(Text),
  supplyEnds: Type.Optional(Instant),
  /** Whole days of supply left today; negative when it ran out. */
  daysLeft: Type.Optional(Type.Integer()),
});
export type Medicine = Static<typeof Medicine>;

export const listMedicines = contract({
  method: 'GET',
  path: '/api/patients/:patientId/medicines',
  summary: 'Medicines in use, or those of the past, newest first.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({
    when: Type.Union([Type.Literal('current'), Type.Literal('past')]),
    cursor: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  response: Type.Object({ medicines: Type.Array(Medicine), next: Type.Optional(Text) }),
});

export const Mark = Type.Union([
  Type.Literal('critical-low'), Type.Literal('low'), Type.Literal('normal'),
  Type.Literal('high'), Type.Literal('critical-high'), Type.Literal('abnormal'),
]);
export type Mark = Static<typeof Mark>;

export const Band = Type.Object({
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
  /** The range as the laboratory wrote it, when it wrote one. */
  text: Type.Optional(Text),
});
export type Band = Static<typeof Band>;

export const ResultPoint = Type.Object({
  id: Text,
  when: Type.Optional(Instant),
  /** Digits as recorded (`7.0` stays `7.0`), or the coded or free text. */
  value: Text,
  number: Type.Optional(Type.Number()),
  /** Second number of a paired measure such as diastolic pressure. */
  second: Type.Optional(Type.Number()),
  unit: Type.Optional(Text),
  mark: Type.Optional(Mark),
});
export type ResultPoint = Static<typeof ResultPoint>;

export const ResultSeries = Type.Object({
  /** Stable key of the test within the chart; ask for its trend with it. */
  key: Text,
  name: Text,
  category: Type.Union([Type.Literal('laboratory'), Type.Literal('vital-signs'), Type.Literal('other')]),
  unit: Type.Optional(Text),
  band: Type.Optional(Band),
  secondBand: Type.Optional(Band),
  /** Newest last. */
  points: Type.Array(ResultPoint),
  /** How many values the record holds among those read. */
  count: Type.Integer(),
});
export type ResultSeries = Static<typeof ResultSeries>;

export const latestResults = contract({
  method: 'GET',
  path: '/api/patients/:patientId/results/latest',
  summary: 'Up to eight tests that matter most now, each with its last five values.',
  needs: 'chart.read',
  params: OfPatient,
  response: Type.Object({ series: Type.Array(ResultSeries) }),
});

export const listResults = contract({
  method: 'GET',
  path: '/api/patients/:patientId/results',
  summary: 'One row a test, with its last values; reads the record newest first, a bounded part at a time.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({
    category: Type.Union([Type.Literal('laboratory'), Type.Literal('vital-signs'), Type.Literal('other')]),
    cursor: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  response: Type.Object({ series: Type.Array(ResultSeries), next: Type.Optional(Text) }),
});

export const readTrend = contract({
  method: 'GET',
  path: '/api/patients/:patientId/results/trend',
  summary: 'The values of one test over time, newest 200 first asked.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({ key: Type.String({ minLength: 1, maxLength: 400 }), cursor: Type.Optional(Type.String({ maxLength: 2000 })) }),
  response: Type.Object({ series: Type.Optional(ResultSeries), next: Type.Optional(Text) }),
});

export const TimelineEvent = Type.Object({
  id: Text,
  kind: Type.Union([
    Type.Literal('visit'), Type.Literal('stay'), Type.Literal('emergency'), Type.Literal('home'), Type.Literal('remote'),
    Type.Literal('laboratory'), Type.Literal('imaging'), Type.Literal('procedure'), Type.Literal('vaccination'),
  ]),
  when: Type.Optional(Instant),
  until: Type.Optional(Instant),
  title: Text,
  by: Type.Optional(Text),
  line: Type.Optional(Text),
  state: Type.Optional(Type.Union([
    Type.Literal('planned'), Type.Literal('arrived'), Type.Literal('in-progress'), Type.Literal('cancelled'), Type.Literal('pending'),
  ])),
  outOfRange: Type.Optional(Type.Integer()),
  /** Document that tells more, when there is one. */
  documentId: Type.Optional(Text),
});
export type TimelineEvent = Static<typeof TimelineEvent>;

export const readTimeline = contract({
  method: 'GET',
  path: '/api/patients/:patientId/timeline',
  summary: 'Visits and other dated events, newest first.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 4000 })),
  }),
  response: Type.Object({ events: Type.Array(TimelineEvent), next: Type.Optional(Text) }),
});

export const ChartDocument = Type.Object({
  /** `DocumentReference.<id>` or `DiagnosticReport.<id>`. */
  id: Text,
  title: Text,
  kind: Type.Optional(Text),
  when: Type.Optional(Instant),
  author: Type.Optional(Text),
  place: Type.Optional(Text),
  superseded: Type.Boolean(),
});
export type ChartDocument = Static<typeof ChartDocument>;

export const listDocuments = contract({
  method: 'GET',
  path: '/api/patients/:patientId/documents',
  summary: 'Documents and reports, newest first, without their content.',
  needs: 'chart.read',
  params: OfPatient,
  query: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 4000 })) }),
  response: Type.Object({ documents: Type.Array(ChartDocument), next: Type.Optional(Text) }),
});

export const DocumentPart = Type.Union([
  Type.Object({ kind: Type.Literal('text'), text: Text }),
  Type.Object({ kind: Type.Literal('image'), contentType: Text, data: Text }),
  Type.Object({ kind: Type.Literal('file'), contentType: Text, title: Type.Optional(Text), data: Type.Optional(Text), url: Type.Optional(Text) }),
]);
export type DocumentPart = Static<typeof DocumentPart>;

const OfDocument = Type.Object({ patientId: PatientId, documentId: Type.String({ pattern: '^(DocumentReference|DiagnosticReport)\\.[A-Za-z0-9.\\-]{1,64}$' }) });

export const readDocument = contract({
  method: 'GET',
  path: '/api/patients/:patientId/documents/:documentId',
  summary: 'One document with its content.',
  needs: 'chart.read',
  params: OfDocument,
  response: Type.Object({ document: ChartDocument, parts: Type.Array(DocumentPart) }),
});

export const ChartChange = Type.Object({
  kind: Type.Union([Type.Literal('result'), Type.Literal('problem'), Type.Literal('medicine'), Type.Literal('visit'), Type.Literal('vaccination'), Type.Literal('document')]),
  title: Text,
  line: Type.Optional(Text),
  /** Of a result: the digits as recorded, and their unit. */
  value: Type.Optional(Text),
  unit: Type.Optional(Text),
  when: Type.Optional(Instant),
  mark: Type.Optional(Mark),
});
export type ChartChange = Static<typeof ChartChange>;

export const lookAtChart = contract({
  method: 'POST',
  path: '/api/patients/:patientId/looks',
  summary: 'Notes that this reader looks at the chart, and tells what became known since the look before.',
  needs: 'chart.read',
  params: OfPatient,
  /** `more`: how many changes are not listed; only the least number of them when `counted` is false. */
  response: Type.Object({ since: Type.Optional(Instant), changes: Type.Array(ChartChange), more: Type.Integer(), counted: Type.Boolean() }),
});

export const RecentChart = Type.Object({
  id: Text,
  name: Text,
  sex: Sex,
  birthDate: Type.Optional(Text),
  age: Type.Optional(Age),
  deceased: Type.Optional(Text),
  hospitalNumber: Type.Optional(Text),
  seen: Instant,
});
export type RecentChart = Static<typeof RecentChart>;

export const listRecentCharts = contract({
  method: 'GET',
  path: '/api/charts/recent',
  summary: 'Charts that this reader opened last.',
  needs: 'patient.find',
  response: Type.Object({ charts: Type.Array(RecentChart) }),
});

export const PresentVisit = Type.Object({
  id: Text,
  patientId: Text,
  name: Text,
  sex: Sex,
  age: Type.Optional(Age),
  kind: Text,
  setting: Type.Union([Type.Literal('visit'), Type.Literal('stay'), Type.Literal('emergency'), Type.Literal('home'), Type.Literal('remote')]),
  place: Type.Optional(Text),
  reason: Type.Optional(Text),
  since: Type.Optional(Instant),
});
export type PresentVisit = Static<typeof PresentVisit>;

export const listPresentVisits = contract({
  method: 'GET',
  path: '/api/visits/present',
  summary: 'People who are in the hospital now, latest arrivals first.',
  needs: 'patient.find',
  query: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 2000 })) }),
  response: Type.Object({ visits: Type.Array(PresentVisit), next: Type.Optional(Text) }),
});
