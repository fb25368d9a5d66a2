import { Refusal } from '../../../platform/refusal.ts';

export function noSuchPatient(): Refusal {
  return new Refusal('not-found', 'identity.no-such-patient', { vi: 'Không có hồ sơ người bệnh này.', en: 'There is no record of this patient.' });
}

export function alreadyRegistered(): Refusal {
  return new Refusal('conflict', 'identity.already-registered', { vi: 'Đã có hồ sơ mang số này: mở hồ sơ đó, hoặc sửa lại số.', en: 'There is a record with this number: open that one, or correct the number.' });
}

export function changedMeanwhile(): Refusal {
  return new Refusal('conflict', 'identity.changed-meanwhile', { vi: 'Hồ sơ vừa được người khác sửa. Xin mở lại.', en: 'Somebody else has just changed this record. Please open it again.' });
}

export function recordMerged(): Refusal {
  return new Refusal('conflict', 'identity.record-merged', { vi: 'Hồ sơ này đã nhập vào hồ sơ khác.', en: 'This record has been merged into another.' });
}

export function formIncomplete(text: { vi: string; en: string }): Refusal {
  return new Refusal('incorrect', 'identity.form-incomplete', { vi: `Chưa đủ thông tin. ${text.vi}`, en: `Something is missing. ${text.en}` });
}
