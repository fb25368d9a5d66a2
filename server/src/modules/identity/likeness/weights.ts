// Weights of Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969), in bits: log2 of how often a comparison comes out so for one person (m)
// over how often for two people taken at random (u). Where each comes from, and how it was estimated: docs/decisions/0015-likeness-of-people.md.

/** Version of the table: stored with every pair that is kept for review. */
export const weightsVersion = '2026-11';

/** Two records taken at random are one person once in 2^18 (about 260,000). */
export const priorBits = 18;

const bits = (m: number, u: number): number => Math.log2(m / u);

export const weights = {
  /** u of a citizen number: ten million numbers of one province, century and year. */
  citizenSame: bits(0.97, 1e-8), citizenSlip: bits(0.02, 2e-2), citizenOther: bits(0.01, 0.98),
  otherNumberSame: bits(0.9, 1e-6), unnamedNumberSame: bits(0.5, 0.06),
  insuranceSame: bits(0.8, 2e-7), insuranceOther: bits(0.15, 0.98),
  birthSame: bits(0.93, 4.6e-5), birthSwapped: bits(0.008, 4.6e-5 * 12 / 30), birthSlip: bits(0.02, 6e-4), birthYearOnly: bits(0.8, 1.6e-2), birthYearSame: bits(0.012, 1.6e-2), birthOther: bits(0.008, 0.98),
  /** 1 January stands for "only the year is known" far more often than for a birthday. */
  birthDefault: bits(0.7, 1.2e-2), birthNewYear: bits(0.9, 1.6e-2 * 0.12),
  sexSame: bits(0.99, 0.5), sexOther: bits(0.012, 0.5),
  familyOther: bits(0.012, 0.82), familySlip: bits(0.02, 0.02),
  middleOther: bits(0.04, 0.8), middleMissing: bits(0.08, 0.2),
  givenOther: bits(0.012, 0.96), givenMarks: bits(0.05, 0.006), givenSlip: bits(0.03, 0.006),
  orderSwapped: bits(0.03, 0.08),
  /** A telephone belongs to a household: one of four people nearby has the same. */
  phoneSame: bits(0.55, 5e-4), phoneOther: bits(0.4, 0.999),
  addressSame: bits(0.5, 4e-3), communeSame: bits(0.85, 0.08), provinceOther: bits(0.07, 0.55),
  motherSame: bits(0.95, 2e-2), motherOther: bits(0.01, 0.99),
  /** Same day, same mother, telephone or house, other given name: twins, unless a number says otherwise. */
  twins: -18,
} as const;

/** Shares of family names (General Statistics Office's census samples and telephone lists give the same order; rounded). Without marks. */
const familyShares: Readonly<Record<string, number>> = {
  nguyen: 0.38, tran: 0.11, le: 0.095, pham: 0.07, huynh: 0.025, hoang: 0.04, phan: 0.045, vu: 0.03, vo: 0.025, dang: 0.021, bui: 0.02, do: 0.014, ho: 0.013, ngo: 0.013, duong: 0.01, ly: 0.005,
};
const rareFamily = 0.004;

const middleShares: Readonly<Record<string, number>> = { thi: 0.28, van: 0.2, duc: 0.04, thu: 0.03, ngoc: 0.04, minh: 0.04, thanh: 0.035, quang: 0.03 };
const usualMiddle = 0.02;

const givenShares: Readonly<Record<string, number>> = { anh: 0.035, huong: 0.022, hung: 0.02, linh: 0.022, hoa: 0.02, lan: 0.018, minh: 0.02, tuan: 0.018, dung: 0.02, ha: 0.02, thuy: 0.02, hai: 0.016, trang: 0.016, thao: 0.016, phuong: 0.02 };
const usualGiven = 0.01;

/** What it tells that two people share a family name: little for Nguyễn, much for a rare one. */
export function familySameBits(folded: string): number {
  return bits(0.97, familyShares[folded] ?? rareFamily);
}

export function middleSameBits(folded: string): number {
  return bits(0.88, middleShares[folded] ?? usualMiddle);
}

export function givenSameBits(folded: string): number {
  return bits(0.95, givenShares[folded] ?? usualGiven);
}

/** Tells a family name from other words, to see that a name was written the other way round. */
export function isFamilyName(folded: string): boolean {
  return folded in familyShares || usualFamilies.has(folded);
}

const usualFamilies = new Set('dinh dao trinh mai luong ha cao chu ta to kieu phung quach thai doan tong trieu la nong vi ma be dam lo quang ca lu giang vang sung thao mua thach son danh chau lam luu truong tang au khuc nghiem ninh tu vuong bach cu lai mac'.split(' '));
