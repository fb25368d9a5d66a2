// Who goes first, and by which rule. Data: a hospital that must follow another text changes this table.
import type { PriorityClass, PriorityReason } from '@sen/contracts';
import { ageOn } from '../../identity/index.ts';

interface PriorityRule {
  readonly reason: PriorityReason;
  readonly class: Exclude<PriorityClass, 'normal'>;
  readonly vi: string;
  readonly en: string;
  readonly source: string;
  readonly inForceFrom: string;
  /** Found from the birth date; the others are judged or declared at the desk. */
  readonly applies?: (ageYears: number) => boolean;
}

/** Law 15/2023/QH15 on examination and treatment, art. 3 (principles): the clause number was not read in an official print by us. */
const law = 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 3';
const lawFrom = '2024-01-01';

const priorityRules: readonly PriorityRule[] = [
  { reason: 'emergency', class: 'emergency', vi: 'Cấp cứu', en: 'Emergency', source: law, inForceFrom: lawFrom },
  { reason: 'triage-urgent', class: 'urgent', vi: 'Phân loại: cần khám sớm', en: 'Triage: soon', source: 'Quyết định của nhân viên y tế phân loại; không phải quy định pháp luật', inForceFrom: lawFrom },
  { reason: 'age-75', class: 'priority', vi: 'Từ đủ 75 tuổi', en: '75 years or over', source: law, inForceFrom: lawFrom, applies: (age) => age >= 75 },
  { reason: 'child-under-6', class: 'priority', vi: 'Trẻ dưới 6 tuổi', en: 'Child under 6', source: law, inForceFrom: lawFrom, applies: (age) => age < 6 },
  { reason: 'pregnant', class: 'priority', vi: 'Phụ nữ có thai', en: 'Pregnant', source: law, inForceFrom: lawFrom },
  { reason: 'severe-disability', class: 'priority', vi: 'Khuyết tật nặng, đặc biệt nặng', en: 'Severe disability', source: law, inForceFrom: lawFrom },
  { reason: 'merit', class: 'priority', vi: 'Người có công với cách mạng', en: 'Person of merit', source: law, inForceFrom: lawFrom },
];

const classes: readonly PriorityClass[] = ['emergency', 'urgent', 'priority', 'normal'];

export interface Priority {
  readonly class: PriorityClass;
  readonly reasons: PriorityReason[];
}

/** Judges by the birth date on a day (`yyyy-mm-dd`) and by what was declared: the highest class of all reasons. */
export function priorityOf(birthDate: string | undefined, day: string, declared: readonly PriorityReason[]): Priority {
  const age = birthDate === undefined ? undefined : yearsOn(birthDate, day);
  const reasons = priorityRules
    .filter(({ reason, applies }) => (applies === undefined ? declared.includes(reason) : age !== undefined && applies(age)))
    .map(({ reason }) => reason);
  return { class: classOf(reasons), reasons };
}

/** Gives the highest class of some reasons. */
function classOf(reasons: readonly PriorityReason[]): PriorityClass {
  const found = priorityRules.filter(({ reason }) => reasons.includes(reason)).map((rule) => classes.indexOf(rule.class));
  return classes[Math.min(...found, classes.length - 1)]!;
}

/** Age in years, a child's with its months as a fraction. */
export function yearsOn(birthDate: string, day: string): number | undefined {
  const age = ageOn(birthDate, day);
  if (age === undefined) return undefined;
  return age.unit === 'years' ? age.value : age.unit === 'months' ? age.value / 12 : 0;
}
