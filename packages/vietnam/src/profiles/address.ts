// An address in Vietnam. Since 2025-07-01 there are two levels, province and commune: districts were abolished (Law 72/2025/QH15).
import { binding, constraint, extensionOf, extensionSlice, profileOf } from '../build-definition.ts';

const coded = (valueSet: string) => ({ type: [{ code: 'Coding' }], binding: binding(valueSet) });

export const provinceCode = extensionOf(
  { id: 'ma-tinh', title: 'Mã tỉnh, thành phố', description: 'Code of the province of an address (MATINH_CU_TRU).' },
  ['Address'], coded('tinh'),
);

export const communeCode = extensionOf(
  { id: 'ma-xa', title: 'Mã xã, phường, đặc khu', description: 'Code of the commune or ward of an address (MAXA_CU_TRU).' },
  ['Address'], coded('xa'),
);

export const address = profileOf(
  'Address', 'complex-type',
  { id: 'vn-address', title: 'Địa chỉ tại Việt Nam', description: 'state: province or city; city: commune, ward or special zone; district: only in addresses from before 2025-07-01.' },
  [
    ['extension', { slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' } }],
    extensionSlice('province', 'ma-tinh'),
    extensionSlice('commune', 'ma-xa'),
    ['', {
      constraint: [
        constraint('vn-adr-1', 'error', 'Từ 01/07/2025 địa chỉ không còn cấp huyện; địa chỉ cũ có huyện phải ghi period bắt đầu hoặc kết thúc trước ngày đó, hoặc use là old. / No district since 2025-07-01, unless the period began or ended before, or the use is old.',
          "district.empty() or use = 'old' or period.where(start < @2025-07-01 or end < @2025-07-01).exists()"),
        constraint('vn-adr-2', 'warning', 'Địa chỉ tại Việt Nam nên có tỉnh (state) và xã (city). / An address in Vietnam should have a province (state) and a commune (city).',
          "(country.exists() and (country in ('VN' | 'VNM' | 'Việt Nam')).not()) or (state.exists() and city.exists())"),
      ],
    }],
  ],
);
