// Synthetic Vietnamese patients for the bench: the same seed always makes the same people, so that expected answers are known.

export interface Visit {
  /** Local start, `2025-03-14T08:30:00+07:00`; between 07:30 and 16:30, so that the day is the same in UTC. */
  readonly start: string;
  readonly day: string;
  readonly observations: readonly { readonly code: string; readonly at: string; readonly value: number }[];
}

export interface Person {
  readonly family: string;
  readonly given: readonly string[];
  readonly gender: 'male' | 'female';
  readonly birthDate: string;
  readonly identifier: string;
  readonly phone: string;
  readonly visits: readonly Visit[];
}

export interface Measure {
  readonly code: string;
  readonly display: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}

export const measures: readonly Measure[] = [
  { code: '8480-6', display: 'Systolic blood pressure', unit: 'mm[Hg]', low: 95, high: 175 },
  { code: '8867-4', display: 'Heart rate', unit: '/min', low: 52, high: 120 },
  { code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma', unit: 'mg/dL', low: 70, high: 260 },
  { code: '2160-0', display: 'Creatinine [Mass/volume] in Serum or Plasma', unit: 'mg/dL', low: 1, high: 4 },
  { code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood', unit: 'g/dL', low: 8, high: 17 },
];

// Names by their share among a thousand people, about as Vietnam has them: a few family names for most, and given names with a long tail.
const families = weighted('Nguyễn 384,Trần 121,Lê 95,Phạm 70,Hoàng 51,Phan 45,Vũ 39,Đặng 21,Bùi 20,Đỗ 14,Hồ 13,Ngô 13,Dương 10,Lý 5,Huỳnh 21,Võ 20,Đinh 9,Trịnh 8,Đoàn 8,Lâm 6,Mai 6,Cao 5,Lương 5,Tạ 4,Hà 4,Quách 3');
const middles = {
  male: weighted('Văn 420,Đức 90,Minh 80,Hữu 70,Quang 60,Công 40,Xuân 40,Thanh 40,Đình 40,Ngọc 30,Tiến 30,Anh 30,Trọng 30'),
  female: weighted('Thị 620,Ngọc 80,Thu 60,Thanh 50,Bích 30,Minh 30,Kim 30,Phương 30,Hồng 30,Quỳnh 20,Thùy 20'),
};
const givens = {
  male: weighted('Hùng 45,Dũng 40,Tuấn 40,Nam 35,Long 30,Hải 30,Sơn 30,Minh 30,Thắng 28,Cường 28,Đức 27,Hoàng 27,Huy 26,Phúc 25,Khoa 22,Trung 22,Thành 22,Kiên 20,Bình 20,Tùng 20,Quân 19,Hiếu 19,Khánh 18,Anh 18,Tú 17,Việt 17,Vinh 16,Toàn 16,Lâm 15,Phong 15,Quang 15,Thịnh 14,Đạt 14,Duy 14,Hưng 14,Mạnh 13,Tiến 13,Thái 12,Nghĩa 12,Tâm 11,Phát 10,Hòa 10,Lộc 10,Thọ 9,Bảo 9,Khang 9,Nhân 8,Trí 8,Công 7,Danh 6,Đăng 6,Giang 6,Hậu 5,Luân 5,Nguyên 5,Quý 5,Sang 5,Tài 5,Trường 5,Vũ 5'),
  female: weighted('Hương 48,Lan 42,Hoa 38,Mai 36,Trang 36,Linh 34,Yến 30,Nhung 28,Hạnh 28,Thảo 28,Vân 26,Hằng 26,Thủy 26,Hà 25,Ngọc 24,Anh 24,Huyền 23,Phương 23,Nga 22,Dung 20,Hiền 20,Loan 19,Liên 18,Thu 18,Oanh 17,Tuyết 16,Hồng 16,Nguyệt 15,My 14,Nhi 14,Thư 13,Quỳnh 13,Trâm 12,Chi 12,Diệp 11,Bích 11,Tâm 11,Ánh 10,Châu 10,Kim 9,Giang 9,Lý 8,Thúy 8,Trinh 8,Uyên 8,Xuân 8,Ngân 7,Như 7,Phượng 7,Sen 6,Tiên 6,Vy 6,Cúc 5,Đào 5,Duyên 5,Hậu 5,Lệ 5,Mỹ 5,Thoa 5,Thơ 5'),
};

/** A list in which each name stands as often as its weight says. */
function weighted(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [name = '', weight] = part.split(' ');
    return new Array<string>(Number(weight)).fill(name);
  });
}

/** Words to search names by; the common ones. */
export const searchedNames: readonly string[] = ['Hùng', 'Dũng', 'Tuấn', 'Nam', 'Long', 'Hải', 'Sơn', 'Phúc', 'Khoa', 'Thắng', 'Hương', 'Lan', 'Hoa', 'Mai', 'Trang', 'Yến', 'Nhung', 'Hạnh', 'Thảo', 'Vân'];

/** Every 25th patient is a frequent one: 16 visits make about 100 resources, an ordinary patient has about 30. */
const frequentEvery = 25;
const frequentVisits = 16;

/** Resources that one person makes: Patient, 2 Conditions, an AllergyIntolerance, and Encounter + 5 Observations a visit. */
export function resourceCount(person: Person): number {
  return 4 + person.visits.length * (1 + measures.length);
}

/** Makes person number `index` of a population. */
export function makePerson(index: number, population: string, frequent = index % frequentEvery === 0): Person {
  const random = randomFrom(`${population}/${index}`);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const gender = random() < 0.5 ? 'male' : 'female';
  const visitCount = frequent ? frequentVisits : 4 + Math.floor(random() * 2);
  return {
    family: pick(families),
    given: [pick(middles[gender]), pick(givens[gender])],
    gender,
    birthDate: `${1935 + Math.floor(random() * 85)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
    identifier: `${population}-${String(index).padStart(8, '0')}`,
    phone: `09${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
    visits: Array.from({ length: visitCount }, () => makeVisit(random)),
  };
}

function makeVisit(random: () => number): Visit {
  const day = `${2023 + Math.floor(random() * 3)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;
  const hour = 8 + Math.floor(random() * 8);
  const at = (minute: number) => `${day}T${two(hour)}:${two(minute)}:00+07:00`;
  const observations = measures.map((one, order) => ({
    code: one.code,
    at: at(10 + order * 5),
    value: Math.round((one.low + random() * (one.high - one.low)) * 10) / 10,
  }));
  return { start: at(0), day, observations };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Deterministic numbers in [0, 1) from a text: FNV-1a to seed, mulberry32 to go on. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
