// Who people are: reading their cards, registering them, finding doubles, merging and parting records, addresses, one's own family.
import Type, { type Static } from 'typebox';
import { Age, PatientId, Sex } from './patients.ts';
import { contract } from './route.ts';

/** What speaks for a second look at what was read or typed. Never a refusal. */
export const Finding = Type.Object({
  /** Stable: `sex-differs-from-number`, `birth-year-differs-from-number`, `card-expired` … */
  code: Type.String(),
  text: Type.Object({ vi: Type.String(), en: Type.String() }),
});
export type Finding = Static<typeof Finding>;

/** `1941`, `1941-03`, `1941-03-14`. */
export const PartialDate = Type.String({ pattern: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$' });
const Text = Type.String({ minLength: 1, maxLength: 200 });
const CitizenNumber = Type.String({ pattern: '^\\d{12}$' });
const Code = Type.String({ pattern: '^[A-Za-z0-9._-]{1,32}$' });

/** Two levels since 2025-07-01; what stood on an old paper is kept as `former`. */
export const HomeAddress = Type.Object({
  /** House number, street, hamlet. */
  line: Type.Optional(Type.String({ maxLength: 300 })),
  commune: Type.Optional(Text),
  communeCode: Type.Optional(Code),
  province: Type.Optional(Text),
  provinceCode: Type.Optional(Code),
  /** The address as an older paper says it, with its district. */
  former: Type.Optional(Type.String({ maxLength: 400 })),
});
export type HomeAddress = Static<typeof HomeAddress>;

export const RelationKind = Type.Union([
  Type.Literal('mother'), Type.Literal('father'), Type.Literal('child'), Type.Literal('spouse'), Type.Literal('sibling'),
  Type.Literal('grandparent'), Type.Literal('grandchild'), Type.Literal('guardian'), Type.Literal('other'),
]);
export type RelationKind = Static<typeof RelationKind>;

/** Somebody to call, or who acts for the patient. */
export const Relative = Type.Object({
  name: Text,
  relation: RelationKind,
  phone: Type.Optional(Type.String({ maxLength: 24 })),
  citizenNumber: Type.Optional(CitizenNumber),
  birthDate: Type.Optional(PartialDate),
});
export type Relative = Static<typeof Relative>;

export const RegistrationKind = Type.Union([Type.Literal('full'), Type.Literal('newborn'), Type.Literal('unknown'), Type.Literal('foreigner')]);
export type RegistrationKind = Static<typeof RegistrationKind>;

export const Registration = Type.Object({
  kind: RegistrationKind,
  /** Not for a newborn without a name (`Con bà …`) nor for an unknown person: the hospital names them. */
  name: Type.Optional(Text),
  sex: Sex,
  birthDate: Type.Optional(PartialDate),
  /** Of a newborn, local time `14:05`. */
  birthTime: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
  citizenNumber: Type.Optional(CitizenNumber),
  oldIdentityCard: Type.Optional(Type.String({ pattern: '^\\d{9}$' })),
  insuranceNumber: Type.Optional(Type.String({ pattern: '^([A-Z]{2}\\d{13}|\\d{10})$' })),
  passport: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{5,15}$' })),
  /** ISO 3166-1 alpha-2; `VN` when left out. */
  nationality: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  phone: Type.Optional(Type.String({ maxLength: 24 })),
  email: Type.Optional(Type.String({ maxLength: 120, pattern: '^[^@\\s]+@[^@\\s]+$' })),
  /** Language to be spoken to in: BCP 47; `vi` when left out. */
  language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
  /** MA_DANTOC and MA_NGHE_NGHIEP of decision 130/QĐ-BYT. */
  ethnicity: Type.Optional(Code),
  occupation: Type.Optional(Code),
  address: Type.Optional(HomeAddress),
  /** The mother's record: of a newborn, or a child who came with her. */
  mother: Type.Optional(PatientId),
  relatives: Type.Optional(Type.Array(Relative, { maxItems: 6 })),
  /** Of an unknown person: where found, what stands out, about how old. */
  foundAt: Type.Optional(Type.String({ maxLength: 200 })),
  approximateAge: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
});
export type Registration = Static<typeof Registration>;

/** A person in a list or beside another: numbers masked. */
export const PersonLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  sex: Sex,
  birthDate: Type.Optional(Type.String()),
  age: Type.Optional(Age),
  deceased: Type.Optional(Type.String()),
  hospitalNumber: Type.Optional(Type.String()),
  citizenNumberMasked: Type.Optional(Type.String()),
  phoneMasked: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
});
export type PersonLine = Static<typeof PersonLine>;

/** One reason of a likeness: positive bits speak for the same person, negative against. */
export const LikenessReason = Type.Object({ code: Type.String(), bits: Type.Number(), text: Type.Object({ vi: Type.String(), en: Type.String() }) });
export type LikenessReason = Static<typeof LikenessReason>;

export const LikenessGrade = Type.Union([Type.Literal('certain'), Type.Literal('probable'), Type.Literal('possible')]);

export const DuplicateCandidate = Type.Object({
  patient: PersonLine,
  bits: Type.Number(),
  /** 0 to 1. */
  score: Type.Number(),
  grade: LikenessGrade,
  reasons: Type.Array(LikenessReason),
});
export type DuplicateCandidate = Static<typeof DuplicateCandidate>;

export const CardKind = Type.Union([
  Type.Literal('citizen-card'), Type.Literal('insurance-card'), Type.Literal('booking-code'), Type.Literal('patient-code'), Type.Literal('visit-code'), Type.Literal('unknown'),
]);
export type CardKind = Static<typeof CardKind>;

export const CardFields = Type.Object({
  citizenNumber: Type.Optional(Type.String()),
  oldIdentityCard: Type.Optional(Type.String()),
  insuranceNumber: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  birthDate: Type.Optional(Type.String()),
  sex: Type.Optional(Sex),
  address: Type.Optional(Type.String()),
  issued: Type.Optional(Type.String()),
  /** Of an insurance card. */
  validFrom: Type.Optional(Type.String()),
  validTo: Type.Optional(Type.String()),
  facilityCode: Type.Optional(Type.String()),
  /** Of a booking's or a patient's QR: without its prefix. */
  code: Type.Optional(Type.String()),
});
export type CardFields = Static<typeof CardFields>;

export const readCard = contract({
  method: 'POST',
  path: '/api/card-readings',
  summary: 'Tells what a scanned text is (citizen card, insurance card, booking, patient), what it says, what looks wrong, and whom in the record it names.',
  needs: 'patient.find',
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }),
  response: Type.Object({
    kind: CardKind,
    fields: CardFields,
    findings: Type.Array(Finding),
    /** Those who have this very number, and what in the record differs from the card. */
    patients: Type.Array(Type.Object({ patient: PersonLine, differs: Type.Array(Finding) })),
    /** Others who look like the person of the card. */
    candidates: Type.Array(DuplicateCandidate),
    /** The address of the card in the two levels of today, as far as it could be found. */
    address: Type.Optional(HomeAddress),
  }),
});

export const RegistrationView = Type.Object({
  patientId: Type.String(),
  version: Type.String(),
  hospitalNumber: Type.Optional(Type.String()),
  registration: Registration,
  /** Merged into another record: open that one. */
  replacedBy: Type.Optional(Type.String()),
  findings: Type.Array(Finding),
});
export type RegistrationView = Static<typeof RegistrationView>;

const ofPatient = Type.Object({ patientId: PatientId });

export const readRegistration = contract({
  method: 'GET', path: '/api/patients/:patientId/registration', summary: 'Who a patient is, to be changed; a merged record names the one that replaces it.', needs: 'patient.register',
  params: ofPatient, response: RegistrationView,
});

export const registerPatient = contract({
  method: 'POST', path: '/api/patients', needs: 'patient.register',
  summary: 'Registers a person: in full, a newborn, an unknown or unconscious person, a foreigner. Refuses a number that somebody has (identity.already-registered).',
  body: Type.Object({
    registration: Registration,
    /** The same key sent twice registers once. */
    onceKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' })),
    /** People whom the clerk was shown and judged to be somebody else: not asked about again. */
    notTheSameAs: Type.Optional(Type.Array(PatientId, { maxItems: 20 })),
  }),
  response: Type.Object({ patientId: Type.String(), hospitalNumber: Type.String(), name: Type.String(), findings: Type.Array(Finding) }),
});

export const changeRegistration = contract({
  method: 'PUT', path: '/api/patients/:patientId/registration', summary: 'Changes who a patient is; also names an unknown person. What the form does not know stays.', needs: 'patient.register',
  params: ofPatient,
  body: Type.Object({ version: Type.String(), registration: Registration }),
  response: RegistrationView,
});

export const findDuplicates = contract({
  method: 'POST', path: '/api/patients/duplicates', summary: 'Who in the record may be the person being typed, surest first, with reasons.', needs: 'patient.register',
  body: Type.Object({ draft: Type.Partial(Registration), except: Type.Optional(PatientId) }),
  response: Type.Object({ candidates: Type.Array(DuplicateCandidate) }),
});

export const DuplicatePair = Type.Object({
  id: Type.String(),
  found: Type.String({ format: 'date-time' }),
  bits: Type.Number(),
  score: Type.Number(),
  grade: LikenessGrade,
  reasons: Type.Array(LikenessReason),
  /** The older record first. */
  left: PersonLine,
  right: PersonLine,
});
export type DuplicatePair = Static<typeof DuplicatePair>;

export const listDuplicates = contract({
  method: 'GET', path: '/api/duplicates', summary: 'Pairs of records that may be one person and that nobody has judged yet, surest first.', needs: 'patient.merge',
  query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 64 })) }),
  response: Type.Object({ pairs: Type.Array(DuplicatePair), waiting: Type.Integer(), next: Type.Optional(Type.String()) }),
});

const ofPair = Type.Object({ pairId: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });

/** One line of the comparison of two records. */
export const ComparedField = Type.Object({
  field: Type.Union([
    Type.Literal('name'), Type.Literal('sex'), Type.Literal('birthDate'), Type.Literal('citizenNumber'), Type.Literal('oldIdentityCard'), Type.Literal('insuranceNumber'),
    Type.Literal('passport'), Type.Literal('phone'), Type.Literal('address'), Type.Literal('relatives'), Type.Literal('hospitalNumber'),
  ]),
  left: Type.Optional(Type.String()),
  right: Type.Optional(Type.String()),
  same: Type.Boolean(),
});
export type ComparedField = Static<typeof ComparedField>;

export const readDuplicate = contract({
  method: 'GET', path: '/api/duplicates/:pairId', summary: 'Two records beside each other: every fact, what each holds, why they may be one.', needs: 'patient.merge',
  params: ofPair,
  response: Type.Object({
    pair: DuplicatePair, fields: Type.Array(ComparedField),
    /** How many resources lie in each record. */
    leftHolds: Type.Integer(), rightHolds: Type.Integer(),
    decided: Type.Optional(Type.Object({ decision: Type.String(), at: Type.String(), by: Type.String() })),
  }),
});

export const decideDuplicate = contract({
  method: 'POST', path: '/api/duplicates/:pairId/decision', summary: 'Judges a pair: two people (never asked again), or later.', needs: 'patient.merge',
  params: ofPair,
  body: Type.Object({ decision: Type.Union([Type.Literal('different'), Type.Literal('later')]) }),
  response: Type.Object({ waiting: Type.Integer() }),
});

export const MergeField = Type.Union([Type.Literal('name'), Type.Literal('sex'), Type.Literal('birthDate'), Type.Literal('address'), Type.Literal('phone')]);
export type MergeField = Static<typeof MergeField>;

export const mergePatients = contract({
  method: 'POST', path: '/api/patients/:patientId/merge', summary: 'Merges another record into this one: all that names the other names this one from then on.', needs: 'patient.merge',
  params: ofPatient,
  body: Type.Object({ from: PatientId, take: Type.Optional(Type.Array(MergeField, { maxItems: 5 })) }),
  response: Type.Object({ mergeId: Type.String(), moved: Type.Integer() }),
});

export const MergeLine = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  by: Type.String(),
  moved: Type.Integer(),
  kept: PersonLine,
  gone: PersonLine,
  undone: Type.Optional(Type.Object({ at: Type.String({ format: 'date-time' }), by: Type.String(), stayed: Type.Integer() })),
});
export type MergeLine = Static<typeof MergeLine>;

export const listMerges = contract({
  method: 'GET', path: '/api/merges', summary: 'Merges, newest first; of one patient when asked.', needs: 'patient.merge',
  query: Type.Object({ patient: Type.Optional(PatientId) }),
  response: Type.Object({ merges: Type.Array(MergeLine) }),
});

export const undoMerge = contract({
  method: 'POST', path: '/api/merges/:mergeId/undo', summary: 'Parts two merged records again exactly; what was changed since the merge stays with the kept one and is listed.', needs: 'patient.merge',
  params: Type.Object({ mergeId: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  response: Type.Object({ restored: Type.Integer(), stayed: Type.Array(Type.Object({ type: Type.String(), id: Type.String() })) }),
});

export const FoundPlace = Type.Object({
  province: Type.String(), provinceCode: Type.String(),
  commune: Type.Optional(Type.String()), communeCode: Type.Optional(Type.String()),
  /** The old name by which it was found. */
  foundBy: Type.Optional(Type.String()),
});
export type FoundPlace = Static<typeof FoundPlace>;

export const findAddresses = contract({
  method: 'GET', path: '/api/addresses', summary: 'Communes and provinces of today by what is typed, with or without accents; old names of provinces and districts lead to those of today.', needs: 'patient.find',
  query: Type.Object({ find: Type.String({ minLength: 1, maxLength: 200 }) }),
  response: Type.Object({ places: Type.Array(FoundPlace) }),
});

export const FamilyMember = Type.Object({
  patientId: Type.String(), name: Type.String(), sex: Sex,
  birthDate: Type.Optional(Type.String()), age: Type.Optional(Age), hospitalNumber: Type.Optional(Type.String()),
  /** `self`, or what the person is to the one who asks. */
  relation: Type.Union([Type.Literal('self'), RelationKind]),
});
export type FamilyMember = Static<typeof FamilyMember>;

export const listFamily = contract({
  method: 'GET', path: '/api/my/family', summary: 'Oneself and those for whom one acts.', needs: 'booking.own',
  response: Type.Object({
    people: Type.Array(FamilyMember),
    /** Asked for, and to be confirmed at the desk. */
    awaiting: Type.Array(Type.Object({ id: Type.String(), relation: RelationKind, asked: Type.String({ format: 'date-time' }) })),
  }),
});

export const addFamily = contract({
  method: 'POST', path: '/api/my/family', needs: 'booking.own',
  summary: 'Asks to act for a relative who is in the record: by their number and birth date. A code goes to their telephone; without one the desk confirms. The answer is the same whether or not somebody matched.',
  body: Type.Object({ number: Type.String({ pattern: '^[0-9A-Za-z.\\- ]{6,24}$' }), birthDate: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), relation: RelationKind }),
  response: Type.Object({ request: Type.String() }),
});

const ofRequest = Type.Object({ request: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });

export const confirmFamily = contract({
  method: 'POST', path: '/api/my/family/:request/code', summary: 'Takes the code that the relative received: from then on one acts for them.', needs: 'booking.own',
  params: ofRequest, body: Type.Object({ code: Type.String({ pattern: '^[0-9 ]{6,7}$' }) }),
  response: Type.Object({ member: FamilyMember }),
});

export const FamilyRequest = Type.Object({
  id: Type.String(),
  /** Name of who asks, and what stands on their papers. */
  by: Type.String(), bySex: Type.Optional(Sex), byBirthDate: Type.Optional(Type.String()), byCitizenMasked: Type.Optional(Type.String()), byHospitalNumber: Type.Optional(Type.String()),
  /** What the patient is to who asks. */
  relation: RelationKind,
  asked: Type.String({ format: 'date-time' }),
});
export type FamilyRequest = Static<typeof FamilyRequest>;

export const listFamilyRequests = contract({
  method: 'GET', path: '/api/family-requests', summary: 'People who ask to act for a relative and wait for the desk: of one patient, who stands at the desk with papers.', needs: 'patient.register',
  query: Type.Object({ patient: PatientId }),
  response: Type.Object({ requests: Type.Array(FamilyRequest) }),
});

export const decideFamilyRequest = contract({
  method: 'POST', path: '/api/family-requests/:request/decision', summary: 'The desk has seen the papers, or has not.', needs: 'patient.register',
  params: ofRequest, body: Type.Object({ confirmed: Type.Boolean() }),
  response: Type.Object({ confirmed: Type.Boolean() }),
});
