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
  /** Not to be shown to the patient before somebody has talked with them (v3-ActCode TBOO). */
  withheld: 1 << 7,
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

/** Every bit, known today or not. */
export const everyMark = -1;

export const markNames: Readonly<Record<Mark, { readonly vi: string; readonly en: string }>> = {
  hiv: { vi: 'HIV', en: 'HIV' },
  mentalHealth: { vi: 'sức khỏe tâm thần', en: 'mental health' },
  genetic: { vi: 'di truyền', en: 'genetic' },
  sexualHealth: { vi: 'sức khỏe tình dục', en: 'sexual health' },
  substanceUse: { vi: 'chất gây nghiện', en: 'substance use' },
  violence: { vi: 'bạo lực', en: 'violence' },
  restricted: { vi: 'hạn chế', en: 'restricted' },
  withheld: { vi: 'chưa báo người bệnh', en: 'not yet told to the patient' },
  vip: { vi: 'người nổi tiếng', en: 'famous person' },
  staff: { vi: 'nhân viên bệnh viện', en: 'staff of the hospital' },
  consented: { vi: 'có ý nguyện riêng', en: 'has consents' },
};
