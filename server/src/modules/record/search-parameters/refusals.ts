import { Refusal } from '../../../platform/refusal.ts';
import { issue } from '../refusals.ts';

/** A SearchParameter that this server cannot make searches of. */
export function badSearchParameter(element: string, reason: string): Refusal {
  return new Refusal('rule', 'record.bad-search-parameter', { vi: 'Không thể tìm kiếm theo tham số được định nghĩa này.', en: 'Nothing can be searched by the parameter that is defined here.' }, [
    issue('invalid', reason, element),
  ]);
}

/** A parameter of R4 keeps the meaning that R4 gives it: clients lean on it. */
export function codeOfStandard(types: string, code: string): Refusal {
  return new Refusal('conflict', 'record.standard-search-parameter', { vi: 'Tham số chuẩn của FHIR R4 không được định nghĩa lại.', en: 'A search parameter of FHIR R4 cannot be defined anew.' }, [
    issue('conflict', `FHIR R4 (or this server) has a parameter "${code.slice(0, 64)}" of ${types} already, with another type or expression. Choose another code.`, 'SearchParameter.code'),
  ]);
}

/** Two definitions of one code on one type would leave open which is meant. */
export function codeTaken(base: string, code: string, id: string): Refusal {
  return new Refusal('conflict', 'record.search-parameter-code-taken', { vi: 'Mã tham số tìm kiếm này đã có định nghĩa khác.', en: 'Another definition has this code already.' }, [
    issue('conflict', `SearchParameter/${id} defines "${code.slice(0, 64)}" of ${base} already. Change or delete that one, or choose another code.`, 'SearchParameter.code'),
  ]);
}

/** A conditional interaction must not decide by an index that is not whole: it would make a second resource of what is there. */
export function indexingNow(code: string): Refusal {
  return new Refusal('busy', 'record.parameter-being-indexed', { vi: 'Tham số tìm kiếm này đang được lập chỉ mục. Xin thử lại sau.', en: 'This search parameter is being indexed. Try again later.' }, [
    issue('transient', `The index of "${code.slice(0, 64)}" is not whole yet, so a conditional request cannot lean on it. See $reindex-status.`),
  ]);
}
