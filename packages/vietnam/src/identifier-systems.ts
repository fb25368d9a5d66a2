// Who numbers people, cards and places in Vietnam. There is no official list of addresses yet; these are the names of the community
// guide VN Core FHIR IG, so that what we write is understood elsewhere.
const base = 'http://fhir.hl7.org.vn/core/sid';

export const identifierSystems = {
  /** Citizen identification number, 12 digits (Law 26/2023/QH15, in force 2024-07-01). */
  citizen: `${base}/cccd`,
  /** Old identity card, 9 digits; no longer valid since 2025-01-01, but in old records. */
  oldIdentityCard: `${base}/cmnd`,
  /** Health insurance card: 15 characters, or the 10 digits of the social insurance number that cards show since 2021. */
  insuranceCard: `${base}/bhyt`,
  /** Social insurance number, 10 digits. */
  socialInsurance: `${base}/bhxh`,
  /** Facility of examination and treatment, MA_CSKCB, 5 characters. */
  facility: `${base}/cskcb`,
  /** Practice certificate, or the practice licence that replaces it (Law 15/2023/QH15, in force 2024-01-01). */
  practiceLicence: `${base}/cchn`,
} as const;
