// How signing in refuses.
import { Refusal } from '../../../platform/refusal.ts';

export function wrongPassword(): Refusal {
  return new Refusal('unauthenticated', 'security.wrong-password', { vi: 'Tên đăng nhập hoặc mật khẩu không đúng.', en: 'The username or the password is not right.' });
}

/** A second factor, a passkey or a code that was not the right one. */
export function wrongCode(): Refusal {
  return new Refusal('unauthenticated', 'security.wrong-code', { vi: 'Mã không đúng hoặc đã dùng. Xin thử lại.', en: 'The code is not right, or was used. Please try again.' });
}

/** A step of a sign-in that took too long, or was tried too often. */
export function stepEnded(): Refusal {
  return new Refusal('unauthenticated', 'security.step-ended', { vi: 'Bước này đã hết hạn. Xin bắt đầu đăng nhập lại.', en: 'This step has ended. Please begin to sign in again.' });
}

export function wrongPasskey(): Refusal {
  return new Refusal('unauthenticated', 'security.wrong-passkey', { vi: 'Khóa truy cập này không dùng được ở đây.', en: 'This passkey cannot be used here.' });
}

export function mustWait(waitMs: number): Refusal {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const refusal = new Refusal('busy', 'security.wait', {
    vi: `Sai nhiều lần. Xin thử lại sau ${retryAfterSeconds} giây.`,
    en: `Too many wrong tries. Please try again in ${retryAfterSeconds} s.`,
  });
  return Object.assign(refusal, { retryAfterSeconds });
}
