// Marks of a resource: sensitive categories that need more than the role. Kept as bits in a column of the record, so that a search asks one number.
export const marks = {
  hiv: 1 << 0,
  mentalHealth: 1 << 1,
  genetic: 1 << 2,
  sexualHealth: 1 << 3,
  substanceUse: 1 << 4,
  violence: 1 << 5,
  /** Confidentiality R or V without a category. */
  restricted: 1 << 6,
  /** Of the whole patient: every resource about a famous person. */
  vip: 1 << 16,
  /** Of the whole patient: who works here. */
  staff: 1 << 17,
  /** Of the whole patient: there are consents that say more; only then are they looked up. */
  consented: 1 << 18,
} as const;

export type Mark = keyof typeof marks;

/** The bits that every resource of a marked patient carries. */
export const patientMarks = marks.vip | marks.staff | marks.consented;
