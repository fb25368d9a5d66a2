// Rules that find accesses worth a question. They do not say that anything was wrong: each gives its reason, and a person judges.
import { marks } from '../policy/marks.ts';
import type { Words } from './words.ts';

/** Accesses of one person to one patient within the time looked at. */
export interface Pair {
  readonly actor: string;
  readonly patient: string;
  readonly entries: number;
  readonly first: number;
  readonly last: number;
  /** Entries between 22:00 and 5:00 in Vietnam. */
  readonly night: number;
  /** Entries under an emergency access. */
  readonly emergencies: number;
  /** The record knows of a visit, an order, a team or a department that joins the two. */
  readonly related: boolean;
  /** Marks of the patient (policy/marks.ts). */
  readonly marks: number;
}

/** What tells families and neighbours apart from strangers. */
export interface Home {
  readonly family?: string;
  /** Ward and province as written in the address. */
  readonly ward?: string;
}

export interface Reason extends Words {
  readonly rule: 'colleague' | 'famous' | 'neighbour' | 'relative-name' | 'no-relation' | 'night' | 'volume' | 'refused';
  /** 0 to 100 */
  readonly score: number;
}

/** What stands out in how a person has looked at a patient. */
export function reasonsOf(pair: Pair, actor: Home | undefined, patient: Home | undefined): Reason[] {
  if (pair.emergencies === pair.entries) return []; // each emergency access is reviewed by itself
  const strange = !pair.related;
  const reasons: Reason[] = [];
  if (strange) reasons.push({ rule: 'no-relation', score: 25, vi: 'không có lượt khám, chỉ định hay khoa phòng nào gắn người này với người bệnh', en: 'no visit, order or department joins this person to the patient' });
  if ((pair.marks & marks.staff) !== 0 && strange) reasons.push({ rule: 'colleague', score: 45, vi: 'người bệnh là nhân viên của bệnh viện', en: 'the patient works in this hospital' });
  if ((pair.marks & marks.vip) !== 0) reasons.push({ rule: 'famous', score: strange ? 50 : 20, vi: 'người bệnh là người được nhiều người biết', en: 'the patient is a person of public interest' });
  reasons.push(...nearness(actor, patient, strange));
  if (strange && pair.night > 0) reasons.push({ rule: 'night', score: 15, vi: `${pair.night} lần vào ban đêm (22 giờ đến 5 giờ)`, en: `${pair.night} times at night (22:00 to 5:00)` });
  // Within one's own patients a shared ward or name is daily life; without any other reason a stranger looked at once is too.
  return reasons.some(({ rule }) => rule !== 'no-relation' && rule !== 'night') || (strange && pair.entries >= 3) ? reasons : [];
}

function nearness(actor: Home | undefined, patient: Home | undefined, strange: boolean): Reason[] {
  const sameWard = actor?.ward !== undefined && actor.ward === patient?.ward;
  const sameFamily = actor?.family !== undefined && actor.family === patient?.family;
  if (!sameWard || !strange) return [];
  if (sameFamily) return [{ rule: 'relative-name', score: 50, vi: `cùng họ ${patient?.family} và cùng nơi ở (${patient?.ward}): có thể là người nhà`, en: `the same family name (${patient?.family}) and ward (${patient?.ward}): perhaps a relative` }];
  return [{ rule: 'neighbour', score: 35, vi: `cùng nơi ở (${patient?.ward}): có thể là hàng xóm`, en: `lives in the same ward (${patient?.ward}): perhaps a neighbour` }];
}

/** A day of one person against the days before. */
export interface DayCount {
  readonly actor: string;
  readonly day: number;
  /** Different patients. */
  readonly patients: number;
  readonly refused: number;
  readonly first: number;
  readonly last: number;
  readonly entries: number;
}

const fewestPatients = 30;
const fewestRefused = 10;
const outlying = 5;

/** What stands out in a day of a person: far more patients than on other days (robust z over the median), or many refusals. */
export function dayReasons(day: DayCount, otherDays: readonly number[]): Reason[] {
  const reasons: Reason[] = [];
  const usual = median(otherDays);
  const spread = Math.max(1.4826 * median(otherDays.map((count) => Math.abs(count - usual))), Math.sqrt(Math.max(1, usual)));
  const z = (day.patients - usual) / spread;
  if (otherDays.length >= 5 && day.patients >= fewestPatients && z >= outlying) {
    reasons.push({ rule: 'volume', score: Math.min(60, 30 + Math.round(z)), vi: `mở hồ sơ của ${day.patients} người trong một ngày, thường ngày khoảng ${Math.round(usual)}`, en: `opened the records of ${day.patients} people in one day, usually about ${Math.round(usual)}` });
  }
  if (day.refused >= fewestRefused) reasons.push({ rule: 'refused', score: Math.min(50, 20 + day.refused), vi: `${day.refused} lần bị từ chối trong một ngày`, en: `${day.refused} refusals in one day` });
  return reasons;
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function scoreOf(reasons: readonly Reason[]): number {
  return Math.min(100, reasons.reduce((sum, { score }) => sum + score, 0));
}
