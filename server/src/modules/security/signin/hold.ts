// A session that is held opens nothing but the way on; a dangerous act asks who it is once more.
import { Refusal } from '../../../platform/refusal.ts';
import type { Held, Session } from '../account.ts';

const freshForMs = 5 * 60_000;

const refusals: Readonly<Record<Held, () => Refusal>> = {
  locked: () => new Refusal('unauthenticated', 'security.locked', { vi: 'Màn hình đang khóa. Xin mở khóa để làm tiếp.', en: 'The screen is locked. Please unlock it to go on.' }),
  'must-change': () => new Refusal('forbidden', 'security.must-change-password', { vi: 'Xin đặt mật khẩu mới trước.', en: 'Please choose a new password first.' }),
  'must-enrol': () => new Refusal('forbidden', 'security.must-enrol', { vi: 'Xin bật xác thực hai bước trước.', en: 'Please set up a second factor first.' }),
};

export function heldRefusal(held: Held): Refusal {
  return refusals[held]();
}

/** Gives the refusal of a dangerous act more than five minutes after the last proof (OWASP ASVS 5.0 V7.5). */
export function staleRefusal({ freshAt }: Pick<Session, 'freshAt'>, now: number): Refusal | undefined {
  if (now - freshAt <= freshForMs) return undefined;
  return new Refusal('forbidden', 'security.confirm-yourself', { vi: 'Việc này cần xác nhận lại bạn là ai.', en: 'This asks you to confirm who you are.' });
}
