// What people, partners and machines are in the hospital. What each may do is the policy's.

export const roles = [
  'reception', 'operator', 'nurse', 'doctor', 'laboratory', 'radiographer', 'radiologist', 'pharmacist', 'cashier', 'insurance', 'records', 'head', 'director',
  'administrator', 'auditor', 'privacy', 'patient', 'relative', 'partner', 'kiosk', 'device', 'integration',
] as const;

export type Role = (typeof roles)[number];

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
