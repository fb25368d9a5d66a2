// Every refusal of the record, in one place. Codes are stable and listed in docs/refusals.md.
import type { Issue } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';

/** A resource that was there and is deleted: 410, with the version of its deletion. */
export class GoneRefusal extends Refusal {
  readonly version: number;
  readonly updated: number;
  constructor(type: string, id: string, version: number, updated: number) {
    super('gone', 'record.resource-deleted', { vi: 'Hồ sơ này đã bị xoá.', en: 'The resource was deleted.' }, [
      issue('deleted', `${type}/${id} was deleted by version ${version}. Read ${type}/${id}/_history for what it was.`),
    ]);
    this.version = version;
    this.updated = updated;
  }
}

export function issue(code: string, diagnostics: string, expression?: string): Issue {
  return expression === undefined
    ? { severity: 'error', code, diagnostics }
    : { severity: 'error', code, diagnostics, expression };
}

export function unknownType(type: string): Refusal {
  return new Refusal('not-found', 'record.unknown-type', { vi: 'Không có loại hồ sơ này trong FHIR R4.', en: 'Not a FHIR R4 resource type.' }, [
    issue('not-supported', `"${clip(type)}" is not a resource type of FHIR R4 (names are case-sensitive, such as Patient).`),
  ]);
}

export function badId(id: string): Refusal {
  return new Refusal('incorrect', 'record.bad-id', { vi: 'Mã hồ sơ không hợp lệ.', en: 'Not a valid resource id.' }, [
    issue('value', `"${clip(id)}" is not a valid id: 1 to 64 characters of A-Z, a-z, 0-9, "-" and ".".`),
  ]);
}

export function resourceNotFound(type: string, id: string): Refusal {
  return new Refusal('not-found', 'record.resource-not-found', { vi: 'Không tìm thấy hồ sơ.', en: 'The resource does not exist.' }, [
    issue('not-found', `${type}/${id} does not exist.`),
  ]);
}

export function versionNotFound(type: string, id: string, version: string): Refusal {
  return new Refusal('not-found', 'record.version-not-found', { vi: 'Không có phiên bản này của hồ sơ.', en: 'The version does not exist.' }, [
    issue('not-found', `${type}/${id} has no version "${clip(version)}".`),
  ]);
}

export function invalidResource(issues: readonly Issue[]): Refusal {
  return new Refusal('incorrect', 'record.invalid-resource', { vi: 'Nội dung không đúng cấu trúc FHIR R4.', en: 'The content is not valid FHIR R4.' }, issues);
}

export function profilesNotSatisfied(issues: readonly Issue[]): Refusal {
  return new Refusal('rule', 'record.profile-not-satisfied', { vi: 'Nội dung không thỏa hồ sơ mẫu mà nó khai báo.', en: 'The content does not satisfy a profile that it claims.' }, issues);
}

export function wrongType(expected: string, found: unknown): Refusal {
  return invalidResource([
    issue('invalid', `This address takes a ${expected}, but resourceType is ${named(found)}.`, `${expected}`),
  ]);
}

export function versionConflict(type: string, id: string, wanted: string, current: number | undefined): Refusal {
  const now = current === undefined ? 'it does not exist' : `its current version is W/"${current}"`;
  return new Refusal('precondition', 'record.version-conflict', { vi: 'Hồ sơ đã được người khác sửa. Hãy tải lại.', en: 'The resource has changed since it was read.' }, [
    issue('conflict', `If-Match asks for version ${clip(wanted)} of ${type}/${id}, but ${now}. Read it again, then repeat the change.`),
  ]);
}

export function alreadyThere(type: string, id: string, version: number): Refusal {
  return new Refusal('precondition', 'record.already-there', { vi: 'Hồ sơ đã có.', en: 'The resource is already there.' }, [
    issue('conflict', `If-None-Match does not hold: ${type}/${id} exists, as version ${version}.`),
  ]);
}

export function badVersionTag(header: string, value: string): Refusal {
  return new Refusal('incorrect', 'record.bad-version-tag', { vi: 'Thẻ phiên bản không hợp lệ.', en: 'Not a version tag.' }, [
    issue('value', `${header} is ${JSON.stringify(clip(value))}; a weak tag such as W/"3" is expected.`),
  ]);
}

export function raceLost(type: string, id: string): Refusal {
  return new Refusal('conflict', 'record.changed-meanwhile', { vi: 'Hồ sơ vừa bị sửa cùng lúc. Hãy thử lại.', en: 'The resource changed at the same moment.' }, [
    issue('conflict', `${type}/${id} was changed by someone else at the same moment. Repeat the request.`),
  ]);
}

/** `names` are those of the criteria, without their values. */
export function severalMatches(type: string, names: string): Refusal {
  return new Refusal('precondition', 'record.several-matches', { vi: 'Điều kiện khớp với nhiều hồ sơ.', en: 'The criteria select more than one resource.' }, [
    issue('multiple-matches', `"${clip(`${type}?${names}`, 300)}" selects more than one resource. Use criteria that select one.`),
  ]);
}

export function emptyCriteria(type: string): Refusal {
  return new Refusal('precondition', 'record.empty-criteria', { vi: 'Thiếu điều kiện chọn hồ sơ.', en: 'The criteria are empty.' }, [
    issue('required', `A conditional request on ${type} needs at least one search parameter, such as identifier=system|value; without one it would select every ${type}.`),
  ]);
}

export function criteriaOfOtherType(type: string): Refusal {
  return new Refusal('incorrect', 'record.criteria-of-other-type', { vi: 'Điều kiện thuộc loại hồ sơ khác.', en: 'The criteria are for another type.' }, [
    issue('value', `The criteria name another resource type; this address takes criteria of ${type}.`),
  ]);
}

export function matchedOtherId(type: string, sent: string, found: string): Refusal {
  return new Refusal('incorrect', 'record.matched-other-id', { vi: 'Mã trong nội dung khác hồ sơ tìm được.', en: 'The id in the body is not that of the match.' }, [
    issue('value', `The body says id "${clip(sent)}", but the criteria select ${type}/${found}. Leave the id out, or send ${found}.`, `${type}.id`),
  ]);
}

export function tooManyDeletes(type: string, limit: number): Refusal {
  return new Refusal('precondition', 'record.too-many-deletes', { vi: 'Điều kiện xoá khớp với quá nhiều hồ sơ.', en: 'The criteria select too many resources to delete.' }, [
    issue('multiple-matches', `The criteria select more than ${limit} ${type} resources, the most that one conditional delete may remove (setting SEN_CONDITIONAL_DELETE_MAX). Nothing was deleted.`),
  ]);
}

export function badParameter(name: string, diagnostics: string): Refusal {
  return new Refusal('incorrect', 'record.bad-parameter', { vi: 'Tham số không hợp lệ.', en: 'A parameter is not valid.' }, [
    issue('value', `${name}: ${diagnostics}`),
  ]);
}

export function operationNeedsPost(name: string): Refusal {
  return new Refusal('unsupported', 'record.operation-needs-post', { vi: 'Thao tác này chỉ nhận POST.', en: 'The operation takes POST only.' }, [
    issue('not-supported', `${clip(name)} changes something on the server; call it by POST (R4 operations.html §3.2.0.2).`),
  ]);
}

export function operationNotPermitted(name: string): Refusal {
  return new Refusal('forbidden', 'record.operation-not-permitted', { vi: 'Tài khoản này không được gọi thao tác đó.', en: 'This account is not permitted to call the operation.' }, [
    issue('forbidden', `${clip(name)} needs a permission that the roles of this account do not give.`),
  ]);
}

export function historyNotCounted(): Refusal {
  return new Refusal('forbidden', 'record.history-not-counted', { vi: 'Tài khoản này không được đếm toàn bộ lịch sử.', en: 'This account may not count a whole history.' }, [
    issue('forbidden', 'A history is counted only for those who may see all of it; read it page by page.'),
  ]);
}

export function writeNotAllowed(): Refusal {
  return new Refusal('forbidden', 'record.write-not-allowed', { vi: 'Tài khoản này không được ghi hồ sơ này.', en: 'This account may not write this.' }, [
    issue('forbidden', 'The rights of this account do not cover this change: neither what is there nor what it would become may lie outside them.'),
  ]);
}

/** `names` are addresses of resources, such as `Patient/1`. */
export function documentIncomplete(names: readonly string[]): Refusal {
  return new Refusal('rule', 'record.document-incomplete', { vi: 'Tài liệu tham chiếu đến hồ sơ không còn ở đây.', en: 'The document refers to what is not here.' }, names.slice(0, 20).map((name) =>
    issue('not-found', `The Composition refers to ${clip(name)}, which does not exist (any more).`, 'Composition'),
  ));
}

export function documentTooLarge(most: number): Refusal {
  return new Refusal('rule', 'record.document-too-large', { vi: 'Tài liệu tham chiếu đến quá nhiều hồ sơ.', en: 'The document refers to too many resources.' }, [
    issue('too-costly', `A document may hold ${most} resources; this one would hold more. Nothing was left out in silence: divide the Composition.`, 'Composition'),
  ]);
}

export function documentNeedsPost(): Refusal {
  return new Refusal('unsupported', 'record.operation-needs-post', { vi: 'Thao tác này chỉ nhận POST.', en: 'The operation takes POST only.' }, [
    issue('not-supported', '$document with persist=true stores the document; call it by POST.'),
  ]);
}

/** An entry of a Bundle asked for an operation whose answer is no resource. */
export function operationNotInBundle(name: string): Refusal {
  return new Refusal('unsupported', 'record.operation-not-in-bundle', { vi: 'Thao tác này không chạy được trong Bundle.', en: 'The operation does not run inside a Bundle.' }, [
    issue('not-supported', `${clip(name)} answers with something other than a resource; call it at its own address.`),
  ]);
}

export function unknownOperation(where: string, name: string): Refusal {
  return new Refusal('not-found', 'record.unknown-operation', { vi: 'Không hỗ trợ thao tác này.', en: 'The operation is not supported.' }, [
    issue('not-supported', `${clip(name)} is not an operation of ${where}. /metadata lists what is supported.`),
  ]);
}

export function unknownMode(mode: string): Refusal {
  return new Refusal('incorrect', 'record.unknown-capability-mode', { vi: 'Không có bản mô tả năng lực này.', en: 'There is no such statement of capabilities.' }, [
    issue('not-supported', `mode=${clip(mode)} is not offered: this server is no terminology service yet. Leave mode out, or use mode=full.`),
  ]);
}

export function nothingHere(path: string): Refusal {
  return new Refusal('not-found', 'record.unknown-address', { vi: 'Không có gì ở địa chỉ này.', en: 'There is nothing at this address.' }, [
    issue('not-found', `/${clip(path)} is not an address of the FHIR API. R4 knows [type], [type]/[id], [type]/[id]/_history/[vid] and the like.`),
  ]);
}

/** `names` are those of the criteria, without their values. */
export function unresolvedReference(names: string, matches: number): Refusal {
  const found = matches === 0 ? 'selects nothing' : 'selects more than one resource';
  return new Refusal('precondition', 'record.unresolved-reference', { vi: 'Liên kết có điều kiện không chọn đúng một hồ sơ.', en: 'A conditional reference does not select exactly one resource.' }, [
    issue(matches === 0 ? 'not-found' : 'multiple-matches', `The conditional reference "${clip(names, 300)}" ${found}; it must select exactly one.`),
  ]);
}

/** `names` are those of the criteria, without their values. */
export function noMatch(type: string, names: string): Refusal {
  return new Refusal('not-found', 'record.no-match', { vi: 'Không có hồ sơ nào khớp điều kiện.', en: 'The criteria select nothing.' }, [
    issue('not-found', `"${clip(`${type}?${names}`, 300)}" selects nothing.`),
  ]);
}

export function idTaken(type: string, id: string): Refusal {
  return new Refusal('conflict', 'record.id-taken', { vi: 'Mã này đã thuộc về hồ sơ khác.', en: 'The id belongs to another resource.' }, [
    issue('duplicate', `The criteria select nothing, but ${type}/${id} exists and does not match them.`, `${type}.id`),
  ]);
}

export function badPatch(diagnostics: string, expression?: string): Refusal {
  return new Refusal('incorrect', 'record.bad-patch', { vi: 'Bản vá không đúng dạng.', en: 'The patch is malformed.' }, [issue('structure', diagnostics, expression)]);
}

export function patchRefused(diagnostics: string, expression?: string): Refusal {
  return new Refusal('rule', 'record.patch-refused', { vi: 'Bản vá không áp dụng được cho hồ sơ này.', en: 'The patch does not fit the resource.' }, [
    issue('processing', diagnostics, expression),
  ]);
}

export function patchedInvalid(issues: readonly Issue[]): Refusal {
  return new Refusal('rule', 'record.patched-invalid', { vi: 'Kết quả sau khi vá không hợp lệ.', en: 'The patched resource would not be valid.' }, issues);
}

export function badBundle(diagnostics: string, expression: string, code = 'invalid'): Refusal {
  return new Refusal('incorrect', 'record.bad-bundle', { vi: 'Gói (Bundle) không hợp lệ.', en: 'The Bundle cannot be processed.' }, [
    issue(code, diagnostics, expression),
  ]);
}

function named(found: unknown): string {
  if (found === undefined) return 'missing';
  return typeof found === 'string' && /^[A-Za-z]{1,64}$/.test(found) ? `"${found}"` : 'something else';
}

function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
