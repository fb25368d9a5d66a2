// What is to be said of a weekly template before it is kept: what cannot be, what to look at, what is good to know.
import type { ScheduleFinding, StoredTemplate, WeeklyTemplate } from '@sen/contracts';

export interface Around {
  /** Templates of the same doctor or room, without the one that is replaced. */
  readonly others: readonly StoredTemplate[];
  readonly visitTypes: readonly { readonly code: string; readonly nameVi: string; readonly nameEn: string; readonly minutes: number }[];
  readonly today: string;
}

/** Longest work without a break: Labour Code 45/2019/QH14, article 109.1 (who works six hours or more rests at least 30 minutes in between). */
const longestMinutes = 6 * 60;

type Rule = (template: WeeklyTemplate, around: Around) => readonly ScheduleFinding[];

export function scheduleFindings(template: WeeklyTemplate, around: Around): ScheduleFinding[] {
  if (lengthOf(template) <= 0) return [finding('error', 'ends-before-it-begins', 'Giờ kết thúc phải sau giờ bắt đầu.', 'The end must be after the beginning.')];
  return rules.flatMap((rule) => rule(template, around));
}

/** Seats of one session. */
export function seatsOf(template: WeeklyTemplate): number {
  return Math.max(0, Math.floor(lengthOf(template) / template.stepMinutes)) * template.lanes;
}

const daysAreInOrder: Rule = ({ validFrom, validUntil }, { today }) => [
  ...(validFrom < today ? [finding('error', 'begins-in-the-past', 'Ngày áp dụng phải từ hôm nay: những ngày đã qua giữ nguyên.', 'The first day must be today or later: the days that are over stay as they were.')] : []),
  ...(validUntil !== undefined && validUntil < validFrom ? [finding('error', 'last-day-before-first', 'Ngày cuối phải sau ngày đầu.', 'The last day must be after the first.')] : []),
];

const aDoctorIsInOnePlace: Rule = (template, { others }) =>
  others.filter((other) => template.doctor !== undefined && other.doctor === template.doctor && meet(template, other)).map((other) =>
    finding('error', 'doctor-elsewhere', `Bác sĩ đã khám ở ${other.roomName} từ ${other.from} đến ${other.until} cùng thứ.`, `The doctor is in ${other.roomName} from ${other.from} to ${other.until} on the same weekday.`));

const aRoomIsShared: Rule = (template, { others }) =>
  others.filter((other) => other.room === template.room && other.doctor !== template.doctor && meet(template, other)).map((other) =>
    finding('warning', 'room-shared', `${other.doctorName ?? 'Buổi khác'} cũng khám ở phòng này từ ${other.from} đến ${other.until}.`, `${other.doctorName ?? 'Another session'} is in this room from ${other.from} to ${other.until} too.`));

const aSeatFits: Rule = (template) => {
  const left = lengthOf(template) % template.stepMinutes;
  if (seatsOf(template) === 0) return [finding('error', 'no-seat-fits', 'Buổi khám ngắn hơn một chỗ.', 'The session is shorter than one seat.')];
  return left === 0 ? [] : [finding('note', 'minutes-left', `Còn dư ${left} phút ở cuối buổi.`, `${left} minutes are left at the end.`)];
};

const keptSeatsFit: Rule = (template) => {
  const kept = template.seats.reduce((sum, rule) => sum + rule.kept, 0);
  const twice = template.seats.find((rule, i) => template.seats.findIndex(({ pool }) => pool === rule.pool) < i);
  return [
    ...(kept > seatsOf(template) ? [finding('error', 'too-many-kept', `Giữ riêng ${kept} chỗ, buổi chỉ có ${seatsOf(template)}.`, `${kept} seats are kept, the session has ${seatsOf(template)}.`)] : []),
    ...(twice === undefined ? [] : [finding('error', 'pool-twice', 'Một kênh chỉ có một dòng.', 'There is one line for a channel.')]),
    ...template.seats.filter(({ kept: own, most }) => most !== undefined && most < own).map(() => finding('error', 'most-below-kept', 'Nhiều nhất không thể ít hơn số giữ riêng.', 'The most cannot be less than what is kept.')),
  ];
};

const kindsOfVisitAreKnown: Rule = ({ visitTypes: taken, seats }, { visitTypes }) => {
  const asked = [...taken, ...seats.flatMap(({ pool }) => (pool.startsWith('visit-type:') ? [pool.slice('visit-type:'.length)] : []))];
  const unknown = asked.filter((code) => !visitTypes.some((one) => one.code === code));
  const unused = taken.length === 0 ? [] : asked.slice(taken.length).filter((code) => !taken.includes(code));
  return [
    ...unknown.map((code) => finding('error', 'unknown-visit-type', `Không có loại khám “${code}”.`, `There is no kind of visit “${code}”.`)),
    ...unused.map((code) => finding('warning', 'kept-for-a-type-not-taken', `Giữ chỗ cho “${code}” mà buổi này không nhận.`, `Seats are kept for “${code}”, which this session does not take.`)),
  ];
};

const lengthsFitTheSteps: Rule = ({ visitTypes: taken, stepMinutes }, { visitTypes }) => {
  const uneven = visitTypes.filter(({ code, minutes }) => (taken.length === 0 || taken.includes(code)) && minutes % stepMinutes !== 0);
  if (uneven.length === 0) return [];
  const whole = (minutes: number) => Math.ceil(minutes / stepMinutes) * stepMinutes;
  return [finding('note', 'whole-steps',
    `Chỗ ${stepMinutes} phút, nên ${uneven.map(({ nameVi, minutes }) => `${nameVi} (${minutes} phút) chiếm ${whole(minutes)} phút`).join('; ')}.`,
    `Seats are ${stepMinutes} minutes, so that ${uneven.map(({ nameEn, minutes }) => `${nameEn} (${minutes} minutes) takes ${whole(minutes)}`).join('; ')}.`)];
};

const nobodyWorksTooLong: Rule = (template) =>
  template.doctor !== undefined && lengthOf(template) >= longestMinutes
    ? [finding('warning', 'no-break', 'Từ 6 giờ liên tục phải có giờ nghỉ (Bộ luật Lao động 45/2019/QH14, điều 109).', 'Six hours or more need a break (Labour Code 45/2019/QH14, article 109).')]
    : [];

const rules: readonly Rule[] = [daysAreInOrder, aDoctorIsInOnePlace, aSeatFits, keptSeatsFit, kindsOfVisitAreKnown, aRoomIsShared, nobodyWorksTooLong, lengthsFitTheSteps];

function meet(one: WeeklyTemplate, other: WeeklyTemplate): boolean {
  const sameDays = one.validFrom <= (other.validUntil ?? '9999-12-31') && other.validFrom <= (one.validUntil ?? '9999-12-31');
  return one.weekday === other.weekday && sameDays && one.from < other.until && other.from < one.until;
}

function lengthOf({ from, until }: WeeklyTemplate): number {
  return minuteOf(until) - minuteOf(from);
}

export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

function finding(level: ScheduleFinding['level'], code: string, vi: string, en: string): ScheduleFinding {
  return { level, code, vi, en };
}
