import { yearOf } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { Sex } from './names.ts';

const mobilePrefixes = ['032', '033', '034', '035', '036', '037', '038', '039', '070', '076', '077', '078', '079', '081', '082', '083', '084', '085', '086', '088', '089', '090', '091', '093', '094', '096', '097', '098'];

/** Makes a citizen number: province of birth, century and sex, year, six random digits (Circular 59/2021/TT-BCA, article 4). */
export function citizenNumber(dice: Dice, birthCode: string, sex: Sex, born: number): string {
  const birthYear = yearOf(born);
  const century = (Math.floor(birthYear / 100) - 19) * 2 + (sex === 'female' ? 1 : 0);
  return `${birthCode}${century}${String(birthYear % 100).padStart(2, '0')}${dice.digits(6)}`;
}

export interface InsuranceClass {
  /** Two letters of the group and one digit of the benefit level, such as GD4. */
  readonly code: string;
  readonly name: string;
  readonly percent: 80 | 95 | 100;
}

const classes = {
  TE1: { code: 'TE1', name: 'Trẻ em dưới 6 tuổi', percent: 100 },
  HS4: { code: 'HS4', name: 'Học sinh', percent: 80 },
  SV4: { code: 'SV4', name: 'Sinh viên', percent: 80 },
  DN4: { code: 'DN4', name: 'Người lao động trong doanh nghiệp', percent: 80 },
  HC4: { code: 'HC4', name: 'Cán bộ, công chức, viên chức', percent: 80 },
  GD4: { code: 'GD4', name: 'Hộ gia đình', percent: 80 },
  HT3: { code: 'HT3', name: 'Người hưởng lương hưu', percent: 95 },
  CN3: { code: 'CN3', name: 'Hộ gia đình cận nghèo', percent: 95 },
  HN2: { code: 'HN2', name: 'Hộ gia đình nghèo', percent: 100 },
  DT2: { code: 'DT2', name: 'Người dân tộc thiểu số vùng khó khăn', percent: 100 },
  BT2: { code: 'BT2', name: 'Người hưởng trợ cấp bảo trợ xã hội', percent: 100 },
  CC1: { code: 'CC1', name: 'Người có công với cách mạng', percent: 100 },
} as const satisfies Record<string, InsuranceClass>;

export type InsuranceCode = keyof typeof classes;

export function insuranceClass(code: InsuranceCode): InsuranceClass {
  return classes[code];
}

/** Picks the insurance group a person of this age most likely belongs to. */
export function pickInsurance(dice: Dice, age: number, minority: boolean): InsuranceClass {
  if (age < 6) return classes.TE1;
  if (minority && dice.chance(0.6)) return classes.DT2;
  if (age < 18) return classes.HS4;
  if (age < 23) return dice.weighted<InsuranceClass>([[classes.SV4, 6], [classes.DN4, 3], [classes.GD4, 1]]);
  if (age >= 80) return dice.weighted<InsuranceClass>([[classes.BT2, 5], [classes.HT3, 4], [classes.CC1, 1]]);
  if (age >= 60) return dice.weighted<InsuranceClass>([[classes.HT3, 6], [classes.GD4, 4], [classes.HN2, 0.5], [classes.CC1, 0.5]]);
  return dice.weighted<InsuranceClass>([[classes.DN4, 45], [classes.GD4, 35], [classes.HC4, 12], [classes.CN3, 4], [classes.HN2, 4]]);
}

/** Makes a card number of 15 characters: group, benefit level, province of the payer, social insurance number. */
export function insuranceCard(dice: Dice, kind: InsuranceClass, birthCode: string): string {
  return `${kind.code}${birthCode.slice(1)}${dice.digits(10)}`;
}

/** Makes a mobile number with a prefix in use in Vietnam. */
export function mobileNumber(dice: Dice): string {
  return dice.pick(mobilePrefixes) + dice.digits(7);
}

/** Writes the hospital number: year of the first visit, then a running number, such as 26.014.582. */
export function hospitalNumber(firstYear: number, running: number): string {
  const digits = String(running % 1_000_000).padStart(6, '0');
  return `${String(firstYear % 100).padStart(2, '0')}.${digits.slice(0, 3)}.${digits.slice(3)}`;
}
