// Why PostgreSQL did not start, read from its last lines: what to tell, or whether to try again.
import { Refusal } from '../refusal.ts';

/** A refusal that says what to do, or `again` when waiting helps. */
export function judgeFailure(output: string, tcpPort: number): Refusal | 'again' {
  if (/pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(output)) return 'again';
  if (/No space left on device/.test(output)) {
    return refuse('platform.disk-full',
      'Đĩa đầy: PostgreSQL không khởi động được. Giải phóng dung lượng ở thư mục dữ liệu rồi chạy lại.',
      'The disk is full: PostgreSQL could not start. Free some space for the data folder and start again.');
  }
  if (/could not bind|Address already in use|could not create any TCP/.test(output)) {
    return refuse('platform.postgres-port-taken',
      `Cổng ${tcpPort} của PostgreSQL nhúng đang bị chương trình khác dùng. Đặt SEN_POSTGRES_PORT thành cổng khác, hoặc 0.`,
      `Port ${tcpPort} of the embedded PostgreSQL is used by another program. Set SEN_POSTGRES_PORT to another port, or to 0.`);
  }
  if (/could not map anonymous shared memory|Cannot allocate memory/.test(output)) {
    return refuse('platform.postgres-memory',
      'Không đủ bộ nhớ cho PostgreSQL. Đặt SEN_POSTGRES_MEMORY_MB nhỏ hơn (ví dụ 128).',
      'There is not enough memory for PostgreSQL. Set SEN_POSTGRES_MEMORY_MB lower (for example 128).');
  }
  const last = output.trim().split('\n').filter((line) => /FATAL|ERROR|PANIC|error/.test(line)).at(-1) ?? output.trim().split('\n').at(-1) ?? '';
  return refuse('platform.database-not-started', `PostgreSQL không khởi động được: ${last}`, `PostgreSQL did not start: ${last}`);
}

function refuse(code: string, vi: string, en: string): Refusal {
  return new Refusal('unavailable', code, { vi, en });
}
