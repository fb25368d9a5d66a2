// The 12-digit citizen number (Circular 59/2021/TT-BCA, art. 4): province of registration of birth, century and sex, year, six random digits.
// It has no check digit. What does not fit is told, never refused: sexes are corrected, births registered late, numbers misprinted.
import { birthProvinces } from './provinces.ts';

export interface CardFinding {
  readonly code: string;
  readonly text: { readonly vi: string; readonly en: string };
}

export interface NumberFacts {
  readonly sex: 'male' | 'female';
  readonly birthYear: number;
  readonly province: string | undefined;
}

/** What a number says; undefined for what is no citizen number. */
export function citizenNumberFacts(number: string): NumberFacts | undefined {
  if (!/^\d{12}$/.test(number)) return undefined;
  const century = Number(number.charAt(3));
  return {
    sex: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(century / 2) * 100 + Number(number.slice(4, 6)),
    province: birthProvinces.get(number.slice(0, 3))?.name,
  };
}

/** Holds a number against what else is known of the person on a day (`yyyy-mm-dd`). */
export function citizenNumberFindings(number: string, known: { readonly sex?: string | undefined; readonly birthDate?: string | undefined }, today: string): CardFinding[] {
  const facts = citizenNumberFacts(number);
  if (facts === undefined) return [finding('citizen-number-malformed', 'Số định danh phải gồm 12 chữ số.', 'A citizen number has 12 digits.')];
  const found: CardFinding[] = [];
  if (facts.province === undefined) found.push(finding('citizen-number-province', 'Ba số đầu của số định danh không phải mã tỉnh nào.', 'The first three digits are the code of no province.'));
  if ((known.sex === 'male' || known.sex === 'female') && known.sex !== facts.sex) {
    found.push(finding('sex-differs-from-number', `Theo số định danh là ${facts.sex === 'male' ? 'nam' : 'nữ'}, khác giới tính đã ghi.`, `The number says ${facts.sex}; the sex written differs.`));
  }
  const year = known.birthDate === undefined ? undefined : Number(known.birthDate.slice(0, 4));
  if (year !== undefined && year !== facts.birthYear) {
    found.push(finding('birth-year-differs-from-number', `Theo số định danh sinh năm ${facts.birthYear}, khác ngày sinh đã ghi.`, `The number says born in ${facts.birthYear}; the birth date differs.`));
  }
  if (facts.birthYear > Number(today.slice(0, 4))) found.push(finding('citizen-number-future', 'Năm sinh trong số định danh ở tương lai.', 'The year of birth in the number lies ahead.'));
  return found;
}

export function finding(code: string, vi: string, en: string): CardFinding {
  return { code, text: { vi, en } };
}
