// The form of a registration: what is typed, and the registration it makes. What the form does not show stays as it was.
import { citizenNumberFacts } from '@sen/vietnam/cards';
import type { Registration, RegistrationKind, Sex } from '@sen/contracts';

export interface RegistrationForm {
  readonly kind: RegistrationKind;
  readonly name: string;
  readonly sex: Sex;
  /** As typed: `14/03/1968`, `03/1968`, `1968`. */
  readonly birthDate: string;
  readonly citizenNumber: string;
  readonly insuranceNumber: string;
  readonly passport: string;
  /** Two letters. */
  readonly nationality: string;
  readonly birthTime: string;
  readonly approximateAge: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly mother: string;
  readonly foundAt: string;
  readonly relativeName: string;
  readonly relativePhone: string;
  readonly address?: Registration['address'];
}

export const emptyForm: Registration = { kind: 'full', sex: 'female' };

export function formOf(known: Registration): RegistrationForm {
  const [relative] = known.relatives ?? [];
  return {
    kind: known.kind, name: known.name ?? '', sex: known.sex, birthDate: (known.birthDate ?? '').split('-').reverse().join('/'),
    citizenNumber: known.citizenNumber ?? '', insuranceNumber: known.insuranceNumber ?? '', passport: known.passport ?? '', nationality: known.nationality ?? '', birthTime: known.birthTime ?? '', approximateAge: String(known.approximateAge ?? ''), phone: known.phone ?? '', addressLine: known.address?.line ?? '',
    mother: known.mother ?? '', foundAt: known.foundAt ?? '', relativeName: relative?.name ?? '', relativePhone: relative?.phone ?? '', address: known.address,
  };
}

export function registrationOf(form: RegistrationForm, before?: Registration): Registration {
  const { kind, sex, addressLine, relativeName, relativePhone } = form;
  const texts = { name: form.name.trim().replace(/\s+/g, ' '), birthDate: isoOf(form.birthDate), citizenNumber: form.citizenNumber.replace(/\s/g, ''), insuranceNumber: form.insuranceNumber.replace(/\s/g, '').toUpperCase(), passport: form.passport.toUpperCase().replace(/\s/g, ''), nationality: form.nationality.trim().toUpperCase(), birthTime: form.birthTime.trim().replace('h', ':').padStart(form.birthTime === '' ? 0 : 5, '0'), phone: form.phone.trim(), mother: form.mother.trim(), foundAt: form.foundAt.trim() };
  const known = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
  // what was emptied on the form goes; what the form does not show stays
  const rest = Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => !(name in texts) && !['address', 'relatives', 'approximateAge'].includes(name))) as Partial<Registration>;
  const age = /^\d{1,3}$/.test(form.approximateAge.trim()) ? { approximateAge: Math.min(120, Number(form.approximateAge)) } : {};
  const { line: _line, ...place } = form.address ?? {};
  const address = { ...place, ...(addressLine !== '' && { line: addressLine }) };
  const [first, ...others] = before?.relatives ?? [];
  const relative = { relation: first?.relation ?? 'other', ...first, name: relativeName.trim(), ...(relativePhone.trim() !== '' && { phone: relativePhone.trim() }) } as const;
  return { ...rest, ...known, ...age, kind, sex, ...(Object.keys(address).length > 0 && { address }), ...(relativeName.trim() !== '' && { relatives: [relative, ...others] }), ...(relativeName.trim() === '' && others.length > 0 && { relatives: others }) };
}

/** What a citizen number tells fills what is still empty: the sex of a new person, and the year of birth. */
export function filledByNumber(form: RegistrationForm, typed: string): Partial<RegistrationForm> {
  const facts = citizenNumberFacts(typed.replace(/\s/g, ''));
  if (facts === undefined) return { citizenNumber: typed };
  return { citizenNumber: typed, ...(form.birthDate === '' && { birthDate: String(facts.birthYear), sex: facts.sex }) };
}

function isoOf(typed: string): string {
  return typed.trim().split('/').reverse().map((part) => part.padStart(2, '0')).join('-');
}
