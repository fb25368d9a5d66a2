// A new password is judged by its form, and looked up among stolen ones.
import { createHash } from 'node:crypto';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { longestPassword, passwordFinding, shortestAlone, shortestWithSecondFactor, type AboutPassword } from './password-rules.ts';

/** Words that everybody knows of this house. */
const houseWords = ['Sen', 'Bệnh viện'];

/** Refuses a password that is too short, too long, easily guessed or known to thieves (`security.password-too-short`, `-too-long`, `-too-easy`, `-stolen`). */
export async function checkNewPassword(work: Work, password: string, about: AboutPassword): Promise<void> {
  const finding = passwordFinding(password, { ...about, words: [...about.words, ...houseWords] });
  if (finding !== undefined) throw refusals[finding](about.secondFactor ? shortestWithSecondFactor : shortestAlone);
  if (!(await isStolen(work, password))) return;
  throw new Refusal('rule', 'security.password-stolen', {
    vi: 'Mật khẩu này có trong danh sách mật khẩu bị lộ. Xin chọn mật khẩu khác.', en: 'This password is on a list of stolen passwords. Please choose another.',
  });
}

const refusals: Readonly<Record<'too-short' | 'too-long' | 'too-easy', (shortest: number) => Refusal>> = {
  'too-short': (shortest) => new Refusal('rule', 'security.password-too-short', {
    vi: `Mật khẩu cần ít nhất ${shortest} ký tự. Một câu ngắn dễ nhớ là tốt nhất.`, en: `A password needs at least ${shortest} characters. A short sentence is best.`,
  }),
  'too-long': () => new Refusal('rule', 'security.password-too-long', { vi: `Mật khẩu dài nhất ${longestPassword} ký tự.`, en: `A password has at most ${longestPassword} characters.` }),
  'too-easy': () => new Refusal('rule', 'security.password-too-easy', {
    vi: 'Mật khẩu này dễ đoán (từ thông dụng, tên, năm, dãy số). Thử ghép vài từ không liên quan.', en: 'This password is easy to guess (common words, names, years, runs). Try a few words that have nothing to do with each other.',
  }),
};

/** Lists of stolen passwords come as SHA-1; it names the password here, it protects nothing. */
export function stolenHash(sha1: Buffer): Buffer {
  return sha1.subarray(0, 10);
}

async function isStolen(work: Work, password: string): Promise<boolean> {
  const hash = stolenHash(createHash('sha1').update(password).digest());
  const { rows } = await work.db.query({ name: 'security.is-stolen-password', text: 'SELECT FROM security.breached_password WHERE hash = $1', values: [hash] });
  return rows.length > 0;
}
