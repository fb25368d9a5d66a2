// Every refusal of bulk data. Codes are stable and listed in docs/refusals.md.
import { Refusal } from '../../platform/refusal.ts';

/** A request that cannot be understood (400). */
export function badExport(parameter: string, diagnostics: string): Refusal {
  return new Refusal('incorrect', 'bulk.bad-parameter', { vi: 'Tham số xuất hoặc nhập dữ liệu không hợp lệ.', en: 'A parameter of the export or import is not valid.' }, [
    { severity: 'error', code: 'value', diagnostics: `${parameter}: ${diagnostics}` },
  ]);
}

/** Bulk Data IG 2.0.0, kick-off request: a parameter the server does not support is an error unless the client is lenient. */
export function unsupportedParameter(name: string, diagnostics: string): Refusal {
  return new Refusal('incorrect', 'bulk.unsupported-parameter', { vi: 'Không hỗ trợ tham số này.', en: 'The parameter is not supported.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `${name}: ${diagnostics} With "Prefer: respond-async, handling=lenient" it is left out.` },
  ]);
}

export function notAsynchronous(): Refusal {
  return new Refusal('incorrect', 'bulk.not-asynchronous', { vi: 'Yêu cầu này chỉ chạy nền: hãy gửi "Prefer: respond-async".', en: 'This request runs in the background only: send "Prefer: respond-async".' }, [
    { severity: 'error', code: 'required', diagnostics: 'The header "Prefer: respond-async" is required.' },
  ]);
}

export function foreignPatients(references: readonly string[]): Refusal {
  return new Refusal('incorrect', 'bulk.foreign-patient', { vi: 'Có người bệnh không thuộc phạm vi xuất.', en: 'Some patients are not within the export.' },
    references.map((reference) => ({ severity: 'error', code: 'not-found', diagnostics: `${reference.slice(0, 100)} is not on this server, or not a member of the group.` })));
}

export function tooManyJobs(most: number): Refusal {
  return new Refusal('busy', 'bulk.too-many-jobs', { vi: `Đã có ${most} việc đang chạy; hãy đợi hoặc hủy bớt.`, en: `${most} jobs are running already; wait for them or cancel some.` });
}

/** The rights of a job are those of whoever began it, on the day it runs. */
export function ownerGone(): Refusal {
  return new Refusal('forbidden', 'bulk.owner-not-permitted', { vi: 'Người yêu cầu không còn quyền xuất hoặc nạp dữ liệu hàng loạt.', en: 'Whoever asked for this may not export or import in bulk any more.' });
}

export function jobNotFound(): Refusal {
  return new Refusal('not-found', 'bulk.job-not-found', { vi: 'Không có việc này, hoặc đã hủy hay hết hạn.', en: 'There is no such job, or it was cancelled or has expired.' });
}

export function fileNotFound(): Refusal {
  return new Refusal('not-found', 'bulk.file-not-found', { vi: 'Không có tệp này.', en: 'There is no such file.' });
}

export function badLink(): Refusal {
  return new Refusal('forbidden', 'bulk.bad-link', { vi: 'Liên kết tải về không đúng chữ ký.', en: 'The signature of the download link is not right.' });
}

export function linkExpired(): Refusal {
  return new Refusal('gone', 'bulk.link-expired', { vi: 'Liên kết tải về đã hết hạn.', en: 'The download link has expired.' });
}

export function hostNotAllowed(host: string): Refusal {
  return new Refusal('forbidden', 'bulk.host-not-allowed', { vi: 'Máy chủ nguồn không được phép (SEN_IMPORT_HOSTS).', en: 'The source host is not allowed (SEN_IMPORT_HOSTS).' }, [
    { severity: 'error', code: 'forbidden', diagnostics: `Files may not be fetched from ${host.slice(0, 100)}; the setting SEN_IMPORT_HOSTS names the hosts that are trusted.` },
  ]);
}

/** A source of an import that could not be read. The reason is ours, never text of the other server. */
export function sourceUnreadable(url: string, reason: string): Refusal {
  return new Refusal('rule', 'bulk.source-unreadable', { vi: 'Không đọc được tệp nguồn.', en: 'A source file could not be read.' }, [
    { severity: 'error', code: 'processing', diagnostics: `${url.slice(0, 300)}: ${reason}` },
  ]);
}
