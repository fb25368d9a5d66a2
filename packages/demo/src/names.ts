import type { Dice } from './dice.ts';

export type Sex = 'male' | 'female';
export type People = 'Kinh' | 'Tày' | 'Thái' | 'Mường' | "H'Mông" | 'Khơ-me';

export interface PersonName {
  readonly family: string;
  readonly given: readonly string[];
  readonly text: string;
}

type Weights = readonly (readonly [string, number])[];

const families: Weights = [
  ['Nguyễn', 38], ['Trần', 11], ['Lê', 9.5], ['Phạm', 7], ['Hoàng', 4], ['Huỳnh', 1.1], ['Phan', 4.5], ['Vũ', 3], ['Võ', 0.9],
  ['Đặng', 2.1], ['Bùi', 2], ['Đỗ', 1.9], ['Hồ', 1.3], ['Ngô', 1.3], ['Dương', 1], ['Lý', 0.5], ['Đinh', 0.9], ['Đào', 0.8],
  ['Trịnh', 0.8], ['Mai', 0.7], ['Lương', 0.7], ['Hà', 0.6], ['Cao', 0.6], ['Chu', 0.5], ['Tạ', 0.5], ['Tô', 0.4], ['Kiều', 0.3],
  ['Phùng', 0.4], ['Quách', 0.2], ['Thái', 0.2], ['Đoàn', 0.6], ['Tống', 0.2], ['Triệu', 0.2], ['Văn', 0.2], ['La', 0.1],
];

interface Generation {
  readonly until: number;
  readonly male: { readonly middle: Weights; readonly given: readonly string[] };
  readonly female: { readonly middle: Weights; readonly given: readonly string[] };
}

// Given names go out of fashion within a generation: a Bảo born in 1950 or a Sửu born in 2015 is not believable.
const generations: readonly Generation[] = [
  {
    until: 1960,
    male: {
      middle: [['Văn', 60], ['Đức', 6], ['Hữu', 7], ['Đình', 7], ['Xuân', 5], ['Bá', 4], ['Quang', 4], ['Ngọc', 4], ['Trọng', 3]],
      given: list('Thành Bình Hòa Phúc Lộc Thọ Khang Sơn Lâm Tuất Hợi Mùi Cường Minh Hùng Thắng Lợi Chiến Tấn Khải Bảy Năm Tư Đạt Quý Kỷ Canh Tân Nhâm Toàn Tiến Nghĩa Đức Hiển'),
    },
    female: {
      middle: [['Thị', 94], ['Kim', 2], ['Ngọc', 2], ['Bích', 2]],
      given: list('Lan Hoa Cúc Mai Hồng Đào Liên Nga Hòa Bình Tâm Thơm Mận Nụ Gái Tý Sửu Dần Mão Thìn Tỵ Ngọ Dậu Hợi Vân Xuân Thu Loan Phượng Yến Oanh Sâm Nhài Chanh Bưởi Thảo Thoa'),
    },
  },
  {
    until: 1982,
    male: {
      middle: [['Văn', 42], ['Đức', 10], ['Quang', 8], ['Mạnh', 6], ['Xuân', 5], ['Hữu', 6], ['Đình', 6], ['Ngọc', 5], ['Minh', 5], ['Thanh', 4], ['Anh', 3]],
      given: list('Hùng Dũng Cường Tuấn Hải Nam Thắng Sơn Long Hà Minh Quân Toàn Tùng Trung Kiên Hưng Thành Bắc Đông Quyết Chiến Thịnh Vinh Hiếu Đại Tú Linh Giang Việt Bằng Phong Huy'),
    },
    female: {
      middle: [['Thị', 70], ['Thu', 6], ['Thanh', 6], ['Kim', 4], ['Ngọc', 4], ['Bích', 4], ['Hồng', 3], ['Minh', 3]],
      given: list('Hương Hà Hằng Hạnh Thủy Hoa Lan Nga Thanh Hiền Loan Yến Dung Oanh Tuyết Vân Mai Phương Nhung Thảo Tâm Bình Hòa Liên Minh Huệ Hường Xuân Thúy Nguyệt Duyên Lý Quyên Thơ'),
    },
  },
  {
    until: 2003,
    male: {
      middle: [['Văn', 22], ['Đức', 16], ['Minh', 10], ['Quang', 9], ['Tuấn', 6], ['Thanh', 6], ['Hoàng', 7], ['Anh', 6], ['Ngọc', 6], ['Duy', 6], ['Mạnh', 6]],
      given: list('Anh Tuấn Hoàng Huy Đức Hiếu Dũng Nam Long Linh Đạt Tùng Quân Thành Trung Kiên Sơn Việt Khánh Thắng Cường Phong Tú Hưng Duy Nghĩa Thịnh Bách Giang Lâm Vũ Phúc'),
    },
    female: {
      middle: [['Thị', 42], ['Thu', 10], ['Thanh', 8], ['Ngọc', 9], ['Phương', 8], ['Hồng', 6], ['Minh', 6], ['Thùy', 6], ['Diệu', 5]],
      given: list('Trang Linh Hương Thảo Ngọc Huyền Hà Anh Phương Nhung Hằng Dung Ly Mai Thủy Quỳnh Oanh Yến Vân Hạnh Nga Lan Hiền Giang Chi Ngân Tâm Trinh My Loan Hoa'),
    },
  },
  {
    until: 9999,
    male: {
      middle: [['Minh', 18], ['Gia', 18], ['Đức', 12], ['Bảo', 10], ['Tuấn', 7], ['Quang', 7], ['Hoàng', 9], ['Anh', 7], ['Khôi', 4], ['Nhật', 5], ['Văn', 4]],
      given: list('Khang Bảo Khôi Minh Phúc Anh Huy An Nam Phong Long Bách Kiên Quân Đăng Hưng Khoa Hải Duy Đạt Nguyên Tùng Lâm Sơn Vinh Dương'),
    },
    female: {
      middle: [['Ngọc', 16], ['Khánh', 10], ['Bảo', 10], ['Phương', 10], ['Minh', 10], ['Hà', 7], ['Thảo', 7], ['Gia', 6], ['Tuệ', 6], ['Thị', 10], ['Quỳnh', 6]],
      given: list('Anh Linh Chi Hân Ngọc An Vy My Nhi Ngân Thư Trang Hà Châu Diệp Lam Nhã Mai Quỳnh Dương Khuê San Vân Trâm Thảo Lâm'),
    },
  },
];

interface Tradition {
  readonly families: readonly string[];
  readonly maleMiddle: readonly string[];
  readonly femaleMiddle: readonly string[];
  readonly male: readonly string[];
  readonly female: readonly string[];
}

const traditions: Record<Exclude<People, 'Kinh'>, Tradition> = {
  Tày: {
    families: list('Nông Hoàng Lương Vi Ma Bế Đàm Lý Chu'), maleMiddle: list('Văn Đình Quốc'), femaleMiddle: list('Thị Thu'),
    male: list('Thiệp Đoàn Hiệu Tuân Lưu Thượng Hưng Chiến'), female: list('Én Nhình Thắm Liễu Duyên Hiệp Mai Bay'),
  },
  Thái: {
    families: list('Lò Quàng Cà Lường Tòng Cầm Lù Hà Vì'), maleMiddle: list('Văn'), femaleMiddle: list('Thị'),
    male: list('Panh Inh Hặc Pâng Ún Thoan Biên Muôn'), female: list('Inh Ón Pánh Lả Hặc Yêu Xôm Biên Phương'),
  },
  Mường: {
    families: list('Bùi Quách Đinh Hà Bạch Xa'), maleMiddle: list('Văn Công'), femaleMiddle: list('Thị'),
    male: list('Dậm Ểu Nhịnh Thiện Trọng Hậu Lịnh'), female: list('Thìn Ứng Nhịn Diệm Xuân Ẻn Mến'),
  },
  "H'Mông": {
    families: list('Giàng Vàng Sùng Thào Mùa Lầu Hạng Cứ Ly'), maleMiddle: list('A'), femaleMiddle: list('Thị'),
    male: list('Páo Sinh Chứ Dơ Tủa Lử Phình Sàng Vảng'), female: list('Mỷ Dợ Sua Chở Mái Pàng Dua Xia'),
  },
  'Khơ-me': {
    families: list('Thạch Sơn Kim Danh Châu Lâm'), maleMiddle: list('Minh Văn'), femaleMiddle: list('Thị'),
    male: list('Sương Đa Sà Rây Khanh Hiền Phol'), female: list('Sa Phia Thone Quyên Rót Mươl'),
  },
};

const peoples: readonly (readonly [People, number])[] = [
  ['Kinh', 92], ['Tày', 2.4], ['Thái', 1.6], ['Mường', 2], ["H'Mông", 1.4], ['Khơ-me', 0.6],
];

/** Picks a people with roughly the shares seen at a referral hospital of the North. */
export function pickPeople(dice: Dice): People {
  return dice.weighted(peoples);
}

/** Picks a name believable for this people, sex and year of birth. */
export function pickName(dice: Dice, people: People, sex: Sex, bornYear: number): PersonName {
  if (people !== 'Kinh') {
    const custom = traditions[people];
    const middle = dice.pick(sex === 'male' ? custom.maleMiddle : custom.femaleMiddle);
    return personName(dice.pick(custom.families), middle, dice.pick(sex === 'male' ? custom.male : custom.female));
  }
  const generation = generations.find((one) => bornYear < one.until)!;
  const { middle, given } = generation[sex];
  return pickUnlike(dice, dice.weighted(families), middle, given);
}

function pickUnlike(dice: Dice, family: string, middles: Weights, given: readonly string[]): PersonName {
  const middle = dice.weighted(middles);
  let last = dice.pick(given);
  // Nobody is called "Minh Minh": throw again.
  while (last === middle || last === family) last = dice.pick(given);
  return personName(family, middle, last);
}

/** Writes a name in its parts; the text is in Vietnamese order, family name first. */
export function personName(family: string, ...given: string[]): PersonName {
  return { family, given, text: [family, ...given].join(' ') };
}

function list(text: string): readonly string[] {
  return text.split(' ');
}
