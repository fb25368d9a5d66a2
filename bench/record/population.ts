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

// Family names by their share in the population, commonest first.
const families = ['Nguyễn', 'Nguyễn', 'Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'];
const middles = { male: ['Văn', 'Hữu', 'Đức', 'Quang', 'Minh'], female: ['Thị', 'Ngọc', 'Thu', 'Bích', 'Thanh'] };
const givens = {
  male: ['Hùng', 'Dũng', 'Tuấn', 'Nam', 'Long', 'Hải', 'Sơn', 'Phúc', 'Khoa', 'Thắng'],
  female: ['Hương', 'Lan', 'Hoa', 'Mai', 'Trang', 'Yến', 'Nhung', 'Hạnh', 'Thảo', 'Vân'],
};

/** Words to search names by; each is borne by several patients in a hundred. */
export const searchedNames: readonly string[] = [...givens.male, ...givens.female];

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
