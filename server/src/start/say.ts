// What a person at the terminal reads: Vietnamese first, English second. On standard error: standard output is for logs and results.
import { Refusal } from '../platform/refusal.ts';
import type { RefusalText } from '../platform/refusal.ts';

export function say(text: RefusalText): void {
  process.stderr.write(text.vi === text.en ? `${text.vi}\n` : `${text.vi}\n  ${text.en}\n`);
}

/** Tells why the program ends: a refusal in both languages, a fault with its trace. */
export function sayFailure(error: unknown): void {
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC' || (error as { code?: string }).code === '53100';
  process.stderr.write(`\n✗ ${textOf(full ? diskFull : error)}\n\n`);
}

const diskFull = new Refusal('unavailable', 'platform.disk-full', {
  vi: 'Đĩa đầy. Giải phóng dung lượng cho thư mục dữ liệu rồi chạy lại.',
  en: 'The disk is full. Free some space for the data folder and start again.',
});

function textOf(error: unknown): string {
  if (error instanceof Refusal) return `${error.text.vi}\n\n  ${error.text.en}\n  [${error.code}]`;
  return `Lỗi không lường trước. / Unexpected fault.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
