import type { Dice } from './dice.ts';

export interface Province {
  readonly name: string;
  /** Codes of this province before 2025-07-01, first three digits of the citizen numbers of people born there. */
  readonly birthCodes: readonly string[];
  readonly wards: readonly string[];
}

export interface Home {
  readonly line: string;
  readonly ward: string;
  readonly province: string;
}

const streets = split(
  'Trần Phú|Lê Lợi|Nguyễn Trãi|Quang Trung|Hùng Vương|Lý Thường Kiệt|Hai Bà Trưng|Nguyễn Du|Phan Chu Trinh|Trần Hưng Đạo|Lê Duẩn|Nguyễn Văn Cừ|Hoàng Quốc Việt|Xuân Thủy|Kim Mã|Tây Sơn|Giải Phóng|Minh Khai|Bạch Mai|Lạc Long Quân|Thụy Khuê|Nguyễn Khang',
);
const hamlets = split('Thôn Đông|Thôn Đoài|Thôn Trung|Thôn Thượng|Thôn Hạ|Thôn 1|Thôn 2|Thôn 3|Thôn Nội|Xóm Chùa|Xóm Đình|Xóm Mới|Thôn Yên Phú|Thôn An Thái');
const villages = split('Bản Nà Sản|Bản Mường|Bản Phiêng|Bản Pá Khôm|Bản Nậm Chim|Bản Hua Ná|Tổ 3|Bản Co Phung');

export const haNoi: Province = {
  name: 'Thành phố Hà Nội', birthCodes: ['001'],
  wards: split('Phường Ba Đình|Phường Ngọc Hà|Phường Giảng Võ|Phường Hoàn Kiếm|Phường Cửa Nam|Phường Tây Hồ|Phường Bồ Đề|Phường Long Biên|Phường Nghĩa Đô|Phường Cầu Giấy|Phường Yên Hoà|Phường Láng|Phường Kim Liên|Phường Đống Đa|Phường Hai Bà Trưng|Phường Bạch Mai|Phường Định Công|Phường Hoàng Mai|Phường Thanh Xuân|Phường Hà Đông|Phường Từ Liêm|Xã Đông Anh|Xã Gia Lâm|Xã Sóc Sơn|Xã Thanh Trì|Xã Hoài Đức|Xã Quốc Oai|Xã Thường Tín|Xã Ba Vì|Xã Mỹ Đức'),
};

export const hungYen: Province = {
  name: 'Tỉnh Hưng Yên', birthCodes: ['033', '034'],
  wards: split('Phường Phố Hiến|Phường Mỹ Hào|Xã Như Quỳnh|Xã Văn Giang|Xã Phụng Công|Xã Yên Mỹ|Xã Khoái Châu|Xã Ân Thi|Xã Tiên Lữ|Phường Trần Lãm|Xã Quỳnh Phụ|Xã Hưng Hà'),
};

export const sonLa: Province = {
  name: 'Tỉnh Sơn La', birthCodes: ['014'],
  wards: split('Phường Chiềng Sinh|Xã Thuận Châu|Xã Mường La|Xã Bắc Yên|Xã Phù Yên|Phường Mộc Châu|Xã Yên Châu|Xã Mai Sơn'),
};

export const dienBien: Province = {
  name: 'Tỉnh Điện Biên', birthCodes: ['011'], wards: split('Phường Điện Biên Phủ|Xã Mường Nhé|Xã Tủa Chùa|Xã Tuần Giáo|Xã Mường Ảng|Xã Xa Dung|Xã Nậm Kè'),
};

const provinces: readonly (readonly [Province, number])[] = [
  [haNoi, 52], [hungYen, 14], [sonLa, 2], [dienBien, 1],
  [{ name: 'Tỉnh Bắc Ninh', birthCodes: ['024', '027'], wards: split('Phường Bắc Giang|Phường Đa Mai|Xã Yên Thế|Xã Nhã Nam|Xã Lục Nam|Phường Chũ|Phường Việt Yên|Xã Hiệp Hoà') }, 6],
  [{ name: 'Thành phố Hải Phòng', birthCodes: ['030', '031'], wards: split('Phường Hải Dương|Phường Chí Linh|Xã Nam Sách|Phường Kinh Môn|Xã Thanh Hà|Xã Cẩm Giàng|Xã Gia Lộc|Xã Tứ Kỳ') }, 5],
  [{ name: 'Tỉnh Ninh Bình', birthCodes: ['035', '036', '037'], wards: split('Phường Phủ Lý|Phường Duy Tiên|Phường Kim Bảng|Xã Lý Nhân|Phường Nam Định|Phường Mỹ Lộc|Xã Vụ Bản|Xã Ý Yên|Xã Nghĩa Hưng') }, 6],
  [{ name: 'Tỉnh Phú Thọ', birthCodes: ['017', '025', '026'], wards: split('Phường Hoà Bình|Xã Lương Sơn|Xã Kim Bôi|Xã Mai Châu|Xã Lạc Sơn|Phường Việt Trì|Phường Phú Thọ|Xã Đoan Hùng') }, 4],
  [{ name: 'Tỉnh Thanh Hoá', birthCodes: ['038'], wards: split('Phường Hàm Rồng|Phường Hạc Thành|Phường Bỉm Sơn|Xã Bá Thước|Xã Ngọc Lặc|Xã Cẩm Thuỷ|Xã Hà Trung') }, 3],
  [{ name: 'Tỉnh Nghệ An', birthCodes: ['040'], wards: split('Phường Thành Vinh|Phường Cửa Lò|Xã Quế Phong|Xã Quỳ Châu|Xã Nghĩa Đàn|Phường Hoàng Mai|Xã Quỳ Hợp') }, 3],
  [{ name: 'Tỉnh Thái Nguyên', birthCodes: ['006', '019'], wards: split('Phường Bắc Kạn|Xã Ba Bể|Xã Na Rì|Phường Phan Đình Phùng|Phường Sông Công|Xã Phú Lương|Xã Định Hoá') }, 2],
  [{ name: 'Tỉnh Lào Cai', birthCodes: ['010', '015'], wards: split('Phường Lào Cai|Phường Sa Pa|Xã Bát Xát|Xã Bắc Hà|Xã Bảo Yên|Xã Văn Bàn|Phường Yên Bái|Phường Nghĩa Lộ') }, 1],
  [{ name: 'Tỉnh Quảng Ninh', birthCodes: ['022'], wards: split('Phường Bãi Cháy|Phường Hồng Gai|Phường Cẩm Phả|Phường Uông Bí|Phường Đông Triều|Xã Tiên Yên') }, 1],
  [{ name: 'Thành phố Huế', birthCodes: ['046'], wards: split('Phường Phú Xuân|Phường Vỹ Dạ|Phường Thuận Hoá|Phường Kim Long') }, 0.3],
  [{ name: 'Thành phố Đà Nẵng', birthCodes: ['048', '049'], wards: split('Phường Hải Châu|Phường Thanh Khê|Phường Sơn Trà|Phường Tam Kỳ') }, 0.3],
  [{ name: 'Thành phố Hồ Chí Minh', birthCodes: ['079', '074', '077'], wards: split('Phường Thủ Dầu Một|Phường Phú Lợi|Phường Bến Cát') }, 0.5],
  [{ name: 'Thành phố Cần Thơ', birthCodes: ['092', '093', '094'], wards: split('Phường Ninh Kiều|Phường Cái Khế|Phường Ô Môn|Phường Cái Răng|Phường Thốt Nốt') }, 0.2],
];

/** Picks where a person lives. */
export function pickProvince(dice: Dice): Province {
  return dice.weighted(provinces);
}

/** Picks a home in a province, in the two levels that hold since 2025-07-01: ward or commune, then province. */
export function pickHome(dice: Dice, province: Province): Home {
  const ward = dice.pick(province.wards);
  return { line: pickLine(dice, province, ward), ward, province: province.name };
}

function pickLine(dice: Dice, province: Province, ward: string): string {
  if (ward.startsWith('Phường')) return `Số ${dice.whole(1, 320)} ${dice.chance(0.3) ? 'ngõ ' + dice.whole(2, 220) + ' ' : ''}đường ${dice.pick(streets)}`;
  return dice.pick(province === sonLa || province === dienBien ? villages : hamlets);
}

/** Writes a home as a FHIR Address. */
export function address(home: Home): Record<string, unknown> {
  return {
    use: 'home',
    text: `${home.line}, ${home.ward}, ${home.province}`,
    line: [home.line],
    city: home.ward,
    state: home.province,
    country: 'VN',
  };
}

function split(text: string): readonly string[] {
  return text.split('|');
}
