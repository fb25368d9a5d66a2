// A visit as decisions 3276/QĐ-BYT (2025, entitlement) and 1804/QĐ-BYT (2026, type of visit) classify it.
import { binding, constraint, extensionOf, extensionSlice, profileOf } from '../build-definition.ts';
import { codeSystems } from '../canonical.ts';

export const entitlement = extensionOf(
  { id: 'doi-tuong-kcb', title: 'Đối tượng đến khám bệnh, chữa bệnh', description: 'Entitlement with which the patient comes (MA_DOITUONG_KCB), which decides the share that insurance pays.' },
  ['Encounter'], { type: [{ code: 'CodeableConcept' }], binding: binding('ma-doituong-kcb') },
);

export const encounter = profileOf(
  'Encounter', 'resource',
  { id: 'vn-encounter', title: 'Lượt khám bệnh, chữa bệnh', description: 'A visit with its official type and the entitlement of the patient.' },
  [
    ['', {
      constraint: [constraint('vn-enc-1', 'error', 'Lượt khám đã bắt đầu phải có thời điểm đến (period.start). / A visit that has begun has a time of arrival (period.start).',
        "(status in ('arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished')) implies period.start.exists()")],
    }],
    ['extension', { slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } }],
    extensionSlice('entitlement', 'doi-tuong-kcb'),
    ['type', { slicing: { discriminator: [{ type: 'value', path: 'coding.system' }], rules: 'open' } }],
    ['type:visitType', { max: '1', short: 'MA_LOAI_KCB', binding: binding('ma-loai-kcb') }],
    ['type:visitType.coding', { min: 1 }],
    ['type:visitType.coding.system', { min: 1, fixedUri: codeSystems.visitTypes }],
    ['type:visitType.coding.code', {
      min: 1,
      constraint: [constraint('vn-enc-2', 'error', 'Mã loại hình KCB gồm 2 chữ số. / A type of visit has 2 digits.', "matches('^[0-9]{2}$')")],
    }],
    ['subject', { min: 1 }],
    ['serviceProvider', { min: 1 }],
  ],
);
