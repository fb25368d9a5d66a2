import type { Registration } from '@sen/contracts';
import { validateResource, type Resource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { patientOf, registrationOf } from './fhir-registration.ts';

const cuc: Registration = {
  kind: 'full', name: 'Nguyễn Thị Cúc', sex: 'female', birthDate: '1941-03-14', citizenNumber: '001141012345', oldIdentityCard: '012345678', insuranceNumber: 'HT3010123456789', phone: '0912345678', email: 'cuc@example.vn', language: 'vi',
  ethnicity: '01', occupation: '00', address: { line: 'Số 5 ngõ 12', commune: 'Phường Bạch Mai', communeCode: '00292', province: 'Thành phố Hà Nội', provinceCode: '01', former: 'Phường Bạch Mai, Quận Hai Bà Trưng, Hà Nội' },
  relatives: [{ name: 'Trần Thị Hương', relation: 'child', phone: '0987654321' }],
};
const made = (registration: Registration, before?: Resource) => patientOf({ registration, name: registration.name ?? 'Con bà Lan', hospitalNumber: '26.000.001', facility: 'sen-hong' }, before);

describe('A registration and its Patient', () => {
  it.each<[string, Registration]>([
    ['in full', cuc],
    ['of a newborn without a name', { kind: 'newborn', sex: 'male', birthDate: '2026-11-20', birthTime: '14:05', mother: 'lan' }],
    ['of an unknown person', { kind: 'unknown', sex: 'unknown', foundAt: 'Bến xe Giáp Bát', approximateAge: 60 }],
    ['of a foreigner', { kind: 'foreigner', name: 'Anna Berg', sex: 'female', birthDate: '1990-02-02', nationality: 'SE', passport: 'AB123456', language: 'sv' }],
    ['with a year alone', { kind: 'full', name: 'Lê Văn Bảy', sex: 'male', birthDate: '1950' }],
  ])('are one and the same %s', (_how, registration) => {
    const patient = made(registration);
    expect(validateResource(patient).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect({ relatives: undefined, ...registrationOf(patient) }).toEqual({ relatives: undefined, ...registration, ...(registrationOf(patient).relatives && { relatives: registration.relatives ?? [] }) });
  });

  it('leave what the form does not know, and take away what was emptied', () => {
    const photo = [{ contentType: 'image/jpeg', url: 'Binary/1' }];
    const before = { ...made(cuc), id: 'cuc', photo, identifier: [...(made(cuc)['identifier'] as object[]), { system: 'urn:elsewhere', value: '7' }], extension: [...(made(cuc)['extension'] as object[]), { url: 'urn:other', valueString: 'x' }] } as Resource;
    const { phone: _phone, ...without } = cuc;
    const after = made({ ...without, birthDate: '1942' }, before);
    expect(after).toMatchObject({ id: 'cuc', photo, birthDate: '1942' });
    expect(JSON.stringify(after)).toContain('urn:elsewhere');
    expect(JSON.stringify(after)).toContain('urn:other');
    expect(JSON.stringify(after['telecom'])).not.toContain('0912345678');
  });
});
