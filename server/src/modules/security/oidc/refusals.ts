// What the app pages may be refused.
import { Refusal } from '../../../platform/refusal.ts';
import type { AppFinding } from './app.ts';

export function badApp(findings: readonly AppFinding[]): Refusal {
  return new Refusal('rule', 'security.app-registration', { vi: findings.map(({ vi }) => vi).join(' '), en: findings.map(({ en }) => en).join(' ') },
    findings.map(({ field, en }) => ({ severity: 'error', code: 'business-rule', diagnostics: en, expression: field })));
}

export function noApp(): Refusal {
  return new Refusal('not-found', 'security.no-app', { vi: 'Không có ứng dụng này.', en: 'There is no such app.' });
}

export function requestGone(): Refusal {
  return new Refusal('not-found', 'security.app-request-gone', {
    vi: 'Yêu cầu của ứng dụng đã hết hạn, hoặc được mở ở trình duyệt khác. Hãy mở lại từ ứng dụng.', en: 'The app’s request has expired, or was opened in another browser. Start again from the app.',
  });
}

export function badLaunch(): Refusal {
  return new Refusal('forbidden', 'security.app-launch', {
    vi: 'Lần mở ứng dụng này không phải của bạn, hoặc đã dùng rồi. Hãy mở lại từ bệnh án.', en: 'This launch is not yours, or has been used. Open the app again from the chart.',
  });
}

export function needsPatientChoice(): Refusal {
  return new Refusal('incorrect', 'security.app-needs-patient', { vi: 'Hãy chọn người bệnh cho ứng dụng.', en: 'Choose the patient for the app.' });
}

export function notThisPatient(): Refusal {
  return new Refusal('forbidden', 'security.app-patient', { vi: 'Bạn không được mở hồ sơ người bệnh này cho ứng dụng.', en: 'You may not open this patient’s record to an app.' });
}

export function mustConfirm(): Refusal {
  return new Refusal('forbidden', 'security.confirm-yourself', { vi: 'Ứng dụng yêu cầu bạn xác nhận lại danh tính.', en: 'The app asks that you show again who you are.' });
}
