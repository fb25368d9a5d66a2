// A record opened in an emergency: for how long, and who may judge it.
import { Refusal } from '../../../platform/refusal.ts';

export type Reason = 'life-threat' | 'unconscious' | 'on-call' | 'transfer' | 'other';
export type Verdict = 'justified' | 'not-justified';

export interface Emergency {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly patient: string;
  readonly reason: Reason;
  readonly explanation: string;
  /** ms since 1970. */
  readonly openedAt: number;
  readonly until: number;
  readonly closedAt?: number;
  readonly reviewDue: number;
  /** Which one it was of the same account within a day: 1 is the first. */
  readonly dayCount: number;
  readonly review?: { readonly reviewer: string; readonly name: string; readonly at: number; readonly verdict: Verdict; readonly note: string };
}

/** From so many within a day on, somebody should ask why: told once. */
export const unusualCount = 10;

/** Refuses the opening of one record after another: whoever reads a whole house in a night is no emergency. */
export function checkCount(opened: number, most: number): void {
  if (opened < most) return;
  throw new Refusal('busy', 'security.too-many-emergencies', {
    vi: `Bạn đã mở khẩn cấp ${opened} hồ sơ trong 24 giờ. Cần mở thêm, hãy gọi cán bộ bảo vệ dữ liệu hoặc trực lãnh đạo.`,
    en: `You have opened ${opened} records in an emergency within 24 hours. To open more, call the privacy officer or the duty manager.`,
  });
}

/** Refuses to judge what is judged already and what one did oneself. */
export function checkReview(emergency: Emergency, reviewer: string): void {
  if (emergency.account === reviewer) {
    throw new Refusal('rule', 'security.own-emergency', { vi: 'Không ai tự rà soát việc mình đã làm.', en: 'Nobody reviews what they did themselves.' });
  }
  if (emergency.review !== undefined) {
    throw new Refusal('conflict', 'security.emergency-reviewed', { vi: 'Lần mở khẩn cấp này đã được rà soát.', en: 'This emergency access has been reviewed already.' });
  }
}
