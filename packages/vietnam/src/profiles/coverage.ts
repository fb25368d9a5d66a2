// Health insurance of a patient, as the card or the look-up of Vietnam Social Security tells it.
import { bySystem, constraint, extensionOf, extensionSlice, identifierSlice, profileOf } from '../build-definition.ts';
import { identifierSystems as systems } from '../identifier-systems.ts';
import { benefitDigit, cardForm } from './patient.ts';

export const registeredFacility = extensionOf(
  { id: 'noi-dang-ky-kcb', title: 'Nơi đăng ký khám bệnh, chữa bệnh ban đầu', description: 'Facility of first contact that the card names (MA_DKBD).' },
  ['Coverage'], { type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Organization'] }] },
);

export const livingArea = extensionOf(
  { id: 'ma-khu-vuc', title: 'Khu vực sinh sống', description: 'Living area on the card (MA_KHUVUC): K1, K2 or K3.' },
  ['Coverage'],
  { type: [{ code: 'code' }], constraint: [constraint('vn-kv-1', 'error', 'Khu vực là K1, K2 hoặc K3. / The area is K1, K2 or K3.', "matches('^K[123]$')")] },
);

export const fiveYears = extensionOf(
  { id: 'nam-nam-lien-tuc', title: 'Thời điểm đủ 5 năm liên tục', description: 'Day from which the person has been insured for five years without a gap (NAM_NAM_LIEN_TUC).' },
  ['Coverage'], { type: [{ code: 'date' }] },
);

const coverageClass = 'http://terminology.hl7.org/CodeSystem/coverage-class';

export const coverage = profileOf(
  'Coverage', 'resource',
  { id: 'vn-coverage', title: 'Bảo hiểm y tế', description: 'Social health insurance: the card, its benefit level, where it is registered and how long it is valid.' },
  [
    ['', {
      constraint: [constraint('vn-cov-1', 'warning', 'Nhóm đối tượng và mức hưởng phải là ba ký tự đầu của mã thẻ. / Group and benefit level are the first three characters of the card.',
        `class.where(type.coding.exists(system = '${coverageClass}' and code = 'group')).value.all(%context.identifier.where(system = '${systems.insuranceCard}').value.where(matches('^[A-Z]')).all(startsWith(%context.class.where(type.coding.exists(system = '${coverageClass}' and code = 'group')).value.first())))`)],
    }],
    ['extension', { slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } }],
    extensionSlice('registeredFacility', 'noi-dang-ky-kcb'),
    extensionSlice('livingArea', 'ma-khu-vuc'),
    extensionSlice('fiveYears', 'nam-nam-lien-tuc'),
    ['identifier', { min: 1, slicing: bySystem }],
    ...identifierSlice('insuranceCard', systems.insuranceCard, { min: 1, max: '1', short: 'Mã thẻ bảo hiểm y tế' }, { constraint: [cardForm, benefitDigit] }),
    ['beneficiary', { type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] }],
    ['period', { min: 1 }],
    ['period.start', { min: 1 }],
    ['class', { slicing: { discriminator: [{ type: 'value', path: 'type' }], rules: 'open' } }],
    ['class:group', { max: '1', short: 'Nhóm đối tượng và mức hưởng: GD4' }],
    ['class:group.type', { patternCodeableConcept: { coding: [{ system: coverageClass, code: 'group' }] } }],
    ['class:group.value', {
      constraint: [constraint('vn-cov-2', 'warning', 'Gồm hai chữ cái nhóm đối tượng và một chữ số mức hưởng 1 đến 5. / Two letters of the group and one digit of the benefit level, 1 to 5.', "matches('^[A-Z]{2}[1-5]$')")],
    }],
  ],
);
