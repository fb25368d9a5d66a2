// A patient in a Vietnamese facility: what XML1 of decision 130/QĐ-BYT (as amended by 4750 and 3176) needs to know of a person.
import { binding, bySystem, constraint, extensionOf, extensionSlice, identifierSlice, profileOf } from '../build-definition.ts';
import { canonical } from '../canonical.ts';
import { identifierSystems as systems } from '../identifier-systems.ts';

const coded = (valueSet: string) => ({ type: [{ code: 'CodeableConcept' }], binding: binding(valueSet) });

export const ethnicity = extensionOf(
  { id: 'dan-toc', title: 'Dân tộc', description: 'Ethnic group of a person (MA_DANTOC).' },
  ['Patient', 'RelatedPerson', 'Practitioner'], coded('ma-dantoc'),
);

export const occupation = extensionOf(
  { id: 'nghe-nghiep', title: 'Nghề nghiệp', description: 'Occupation of a person (MA_NGHE_NGHIEP).' },
  ['Patient', 'RelatedPerson'], coded('ma-nghe-nghiep'),
);

/** Card of 15 characters (2 letters, benefit digit, province, social number), or the social number of 10 digits. */
export const cardForm = constraint('vn-bhyt-1', 'error', 'Mã thẻ BHYT gồm 2 chữ cái và 13 chữ số, hoặc là mã số BHXH 10 chữ số. / An insurance card has 2 letters and 13 digits, or is the social insurance number of 10 digits.',
  "matches('^([A-Z]{2}[0-9]{13}|[0-9]{10})$')");
export const benefitDigit = constraint('vn-bhyt-2', 'warning', 'Chữ số thứ ba của mã thẻ BHYT (mức hưởng) từ 1 đến 5. / The third character of a card, its benefit level, is 1 to 5.',
  "matches('^[A-Z]{2}') implies matches('^[A-Z]{2}[1-5]')");

const citizen = `identifier.where(system = '${systems.citizen}').value.where(matches('^[0-9]{12}$'))`;

export const patient = profileOf(
  'Patient', 'resource',
  { id: 'vn-patient', title: 'Người bệnh', description: 'A patient with the numbers, ethnicity, occupation and address that Vietnamese reporting asks for.' },
  [
    ['', {
      constraint: [
        constraint('vn-pat-1', 'warning', 'Chữ số thứ tư của số định danh cho biết giới tính; không khớp với gender. / The fourth digit of the citizen number tells the sex; it differs from gender.',
          `gender in ('male' | 'female') implies ${citizen}.all(matches('^[0-9]{3}[02468]') = (%context.gender = 'male'))`),
        constraint('vn-pat-2', 'warning', 'Chữ số thứ năm và sáu của số định danh là năm sinh; không khớp với birthDate. / The fifth and sixth digit of the citizen number are the year of birth; they differ from birthDate.',
          `birthDate.exists() implies ${citizen}.all(substring(4, 2) = %context.birthDate.toString().substring(2, 2))`),
      ],
    }],
    ['extension', { slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } }],
    extensionSlice('ethnicity', 'dan-toc'),
    extensionSlice('occupation', 'nghe-nghiep'),
    ['extension:nationality', { type: [{ code: 'Extension', profile: ['http://hl7.org/fhir/StructureDefinition/patient-nationality'] }] }],
    ['identifier', { slicing: bySystem }],
    ...identifierSlice('citizen', systems.citizen, { max: '1', short: 'Số định danh cá nhân' }, {
      constraint: [
        constraint('vn-cccd-1', 'error', 'Số định danh cá nhân gồm 12 chữ số. / A citizen number has 12 digits.', "matches('^[0-9]{12}$')"),
        constraint('vn-cccd-2', 'warning', 'Số định danh cá nhân bắt đầu bằng mã tỉnh 3 chữ số 001 đến 096. / A citizen number begins with the code of a province, 001 to 096.', "matches('^0(0[1-9]|[1-8][0-9]|9[0-6])')"),
      ],
    }),
    ...identifierSlice('oldCard', systems.oldIdentityCard, { short: 'Số chứng minh nhân dân (cũ)' }, {
      constraint: [constraint('vn-cmnd-1', 'error', 'Số chứng minh nhân dân gồm 9 chữ số. / An old identity card has 9 digits.', "matches('^[0-9]{9}$')")],
    }),
    ...identifierSlice('insuranceCard', systems.insuranceCard, { short: 'Mã thẻ bảo hiểm y tế' }, { constraint: [cardForm, benefitDigit] }),
    ...identifierSlice('socialInsurance', systems.socialInsurance, { max: '1', short: 'Mã số bảo hiểm xã hội' }, {
      constraint: [constraint('vn-bhxh-1', 'error', 'Mã số bảo hiểm xã hội gồm 10 chữ số. / A social insurance number has 10 digits.', "matches('^[0-9]{10}$')")],
    }),
    ['name', { min: 1 }],
    ['gender', { min: 1 }],
    ['birthDate', { min: 1 }],
    ['address', { type: [{ code: 'Address', profile: [canonical('StructureDefinition', 'vn-address')] }] }],
    ['managingOrganization', { type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }] }],
  ],
);
