// Any text that a reader at the desk, the door or a telephone's camera may give. Pure, for the server and the browser.
import { readCitizenCard, type CitizenCard } from './citizen-card.ts';
import { citizenNumberFindings, type CardFinding } from './citizen-number.ts';
import { readInsuranceCard, type InsuranceCard } from './insurance-card.ts';
import { cleanScan } from './scanned-text.ts';

export type Scan = { readonly findings: readonly CardFinding[] } & (
  | { readonly kind: 'citizen-card'; readonly card: CitizenCard }
  | { readonly kind: 'insurance-card'; readonly card: InsuranceCard }
  /** `SEN:B:…`, `SEN:P:…` and `SEN:V:…` of a ticket: opaque; says nothing of the person to who finds the paper. */
  | { readonly kind: 'booking-code' | 'patient-code' | 'visit-code'; readonly code: string }
  | { readonly kind: 'unknown'; readonly text: string }
);

const ownKinds: Readonly<Record<string, 'booking-code' | 'patient-code' | 'visit-code'>> = { B: 'booking-code', P: 'patient-code', V: 'visit-code' };

/** Tells what was scanned on a day (`yyyy-mm-dd`), and what looks wrong about it. */
export function readScan(typed: string, today: string): Scan {
  const text = cleanScan(typed);
  const own = /^SEN:([BPV]):([A-Za-z0-9._-]{6,64})$/i.exec(text);
  if (own !== null) return { kind: ownKinds[own[1]?.toUpperCase() ?? ''] ?? 'patient-code', code: own[2] ?? '', findings: [] };
  if (/^\d{12}$/.test(text)) return { kind: 'citizen-card', card: { citizenNumber: text }, findings: citizenNumberFindings(text, {}, today) };
  const citizen = readCitizenCard(text, today);
  if (citizen !== undefined) return { kind: 'citizen-card', ...citizen };
  const insurance = readInsuranceCard(text, today);
  if (insurance !== undefined) return { kind: 'insurance-card', ...insurance };
  return { kind: 'unknown', text, findings: [] };
}
