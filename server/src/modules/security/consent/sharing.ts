// What a patient says about whom may see what, in the words of the sharing page.
import { Refusal } from '../../../platform/refusal.ts';

export interface Recipient {
  readonly kind: 'hospital' | 'insurer' | 'department' | 'person' | 'role' | 'everyone';
  /** `Organization/x`, `Practitioner/x`; of a role its code; empty for everyone. */
  readonly reference: string;
  readonly name: string;
}

export interface ConsentGiven {
  readonly patientId: string;
  readonly effect: 'share' | 'restrict';
  readonly recipient: Recipient;
  readonly category: 'everything' | 'hiv' | 'mental-health' | 'genetic' | 'sexual-health' | 'substance-use' | 'violence' | 'documents' | 'laboratory' | 'medicines';
  /** The last day it holds. */
  readonly until?: string;
  /** Organization that keeps the record. */
  readonly facility?: string;
  readonly paper?: { readonly place: string; readonly signedOn: string };
}

export interface ConsentSeen {
  readonly id: string;
  readonly effect: ConsentGiven['effect'];
  readonly recipients: Recipient[];
  readonly categories: ConsentGiven['category'][];
  readonly since: string;
  readonly until?: string;
  readonly active: boolean;
  readonly onPaper: boolean;
  readonly complex: boolean;
}

const dayMs = 86_400_000;

/** Refuses what would not do what the patient believes it does. */
export function checkSharing({ effect, recipient, until, paper }: Omit<ConsentGiven, 'patientId'>, now: number): void {
  if (effect === 'share' && (recipient.kind === 'everyone' || recipient.kind === 'role')) {
    throw new Refusal('rule', 'security.consent-needs-recipient', { vi: 'Hãy chọn nơi hoặc người được xem.', en: 'Choose the place or the person that may see it.' });
  }
  if (recipient.kind === 'insurer' && effect === 'share' && paper === undefined) throw needsPaper();
  if (until !== undefined && Date.parse(`${until}T00:00:00+07:00`) + dayMs <= now) {
    throw new Refusal('rule', 'security.consent-ended', { vi: 'Ngày hết hạn đã qua.', en: 'The last day is in the past.' });
  }
}

/** Law 91/2025/QH15: nothing to insurers without the patient's written request. */
function needsPaper(): Refusal {
  return new Refusal('rule', 'security.consent-needs-writing', {
    vi: 'Chia sẻ cho bên chi trả bảo hiểm phải có yêu cầu bằng văn bản của người bệnh. Xin làm tại quầy tiếp nhận.',
    en: 'Sharing with a payer needs the written request of the patient. Please make it at the reception desk.',
  });
}
