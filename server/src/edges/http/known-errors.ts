// Errors of PostgreSQL, of the disk and of Fastify that are an expected "no" rather than a fault of ours.
import type { Issue } from '@sen/fhir';
import { Refusal, type RefusalText } from '../../platform/refusal.ts';

interface KnownError {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly validation?: readonly { instancePath?: string; message?: string; keyword?: string; params?: Record<string, unknown> }[];
  readonly validationContext?: string;
  readonly statusCode?: number;
}

const databaseGone = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', '57P01', '57P02', '57P03', '25006']);
/** node-postgres gives these no code. */
const databaseGoneMessages = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

const texts = {
  databaseGone: { vi: 'Cơ sở dữ liệu tạm thời không trả lời. Xin thử lại sau ít giây.', en: 'The database does not answer for the moment. Please try again in a few seconds.' },
  diskFull: { vi: 'Hết chỗ lưu trữ: chưa ghi được gì. Xin báo quản trị.', en: 'Storage is full: nothing was written. Please tell the administrator.' },
  tooSlow: { vi: 'Yêu cầu mất quá nhiều thời gian và đã bị dừng.', en: 'The request took too long and was stopped.' },
  contended: { vi: 'Nhiều người đang sửa cùng một chỗ. Xin thử lại.', en: 'Several requests change the same thing. Please try again.' },
  tooLarge: { vi: 'Nội dung gửi lên quá lớn.', en: 'The request body is too large.' },
  mediaType: { vi: 'Kiểu nội dung (Content-Type) không được hỗ trợ.', en: 'The Content-Type is not supported.' },
  json: { vi: 'Nội dung gửi lên không phải JSON hợp lệ.', en: 'The request body is not valid JSON.' },
  characters: { vi: 'Yêu cầu có ký tự không dùng được (U+0000).', en: 'The request has characters that cannot be used (U+0000).' },
  url: { vi: 'Địa chỉ yêu cầu không hợp lệ.', en: 'The address of the request is not valid.' },
  request: { vi: 'Yêu cầu không hợp lệ.', en: 'The request is not valid.' },
  fields: { vi: 'Một số trường chưa đúng.', en: 'Some fields are not right.' },
} satisfies Record<string, RefusalText>;

/** Gives the refusal that an error means, or undefined for a fault. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const known = (error ?? {}) as KnownError;
  if (known.validation) return fieldsRefusal(known);
  return storageRefusal(known) ?? requestRefusal(known);
}

function storageRefusal({ code, message, syscall }: KnownError): Refusal | undefined {
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return new Refusal('unavailable', 'platform.disk-full', texts.diskFull);
  // Text that PostgreSQL cannot hold, such as U+0000 in a parameter of an operation
  if (code === '22021' || code === '22P05') return new Refusal('incorrect', 'http.characters', texts.characters);
  if (code === '57014') return new Refusal('unavailable', 'platform.too-slow', texts.tooSlow);
  if (code === '40001' || code === '40P01') return new Refusal('unavailable', 'platform.contended', texts.contended);
  // 08P01 is a statement of ours that breaks the protocol: a fault, not an absence
  if (code !== undefined && (databaseGone.has(code) || /^(08(?!P01)|53)/.test(code))) return new Refusal('unavailable', 'platform.database-gone', texts.databaseGone);
  // The socket file of the embedded PostgreSQL is not there while it starts again.
  if (code === 'ENOENT' && syscall === 'connect') return new Refusal('unavailable', 'platform.database-gone', texts.databaseGone);
  if (code === undefined && message !== undefined && databaseGoneMessages.test(message)) return new Refusal('unavailable', 'platform.database-gone', texts.databaseGone);
  return undefined;
}

function requestRefusal({ code, statusCode }: KnownError): Refusal | undefined {
  if (code === undefined || !code.startsWith('FST_')) return undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('too-large', 'http.too-large', texts.tooLarge);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('unsupported', 'http.media-type', texts.mediaType);
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_JSON_BODY') return new Refusal('incorrect', 'http.json', texts.json);
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return new Refusal('incorrect', 'http.url', texts.url);
  return statusCode !== undefined && statusCode < 500 ? new Refusal('incorrect', 'http.request', texts.request) : undefined;
}

/** Names the fields that broke the contract, never their values. */
function fieldsRefusal({ validation = [], validationContext }: KnownError): Refusal {
  const issues = validation.map(({ instancePath = '', message = '', keyword, params }): Issue => {
    const missing = keyword === 'required' ? (params?.['requiredProperties'] as string[] | undefined)?.[0] : undefined;
    const field = [...instancePath.split('/').filter(Boolean), ...(missing ? [missing] : [])].join('.');
    const code = keyword === 'required' ? 'required' : 'value';
    return { severity: 'error', code, diagnostics: message, expression: [validationContext ?? 'body', field].filter(Boolean).join('.') };
  });
  return new Refusal('incorrect', 'http.fields', texts.fields, issues);
}
