// A day of outpatients as a hospital like Bạch Mai has them: who comes, when, by which door, how long each stays with the doctor. Pure, from a seed.
// Shares are assumptions, said here and in bench/README.md: 80 of 100 come before noon, 7 of 100 booked people do not come, 8 of 100 come late.

export interface DayShape {
  readonly seed: number;
  /** Booked and walk-in people together. */
  readonly patients: number;
  readonly bookedShare: number;
  readonly noShowShare: number;
  readonly lateShare: number;
  /** Of the length of a doctor's own visits, the share that fits into a seat. */
  readonly seatQuantile: number;
  /** Share of its time that a room is planned to be used: the spread of lengths, late starts and emergencies need the rest. */
  readonly plannedUse: number;
}

export const bachMai: DayShape = { seed: 20_261_124, patients: 8_000, bookedShare: 0.7, noShowShare: 0.07, lateShare: 0.08, seatQuantile: 0.6, plannedUse: 0.82 };

/** Minutes since midnight everywhere. */
export interface Session {
  readonly from: number;
  readonly until: number;
}

export interface ShapedRoom {
  readonly key: string;
  readonly specialty: string;
  /** Middle length of a visit with this doctor, in minutes. */
  readonly middleMinutes: number;
  readonly seatMinutes: number;
  readonly sessions: readonly Session[];
}

export type TestKind = 'laboratory' | 'imaging';

export interface ShapedPerson {
  readonly key: string;
  readonly roomKey: string;
  readonly booked?: { readonly slotAt: number; readonly channel: 'app' | 'phone' | 'desk'; readonly comes: boolean };
  readonly arrivesAt: number;
  readonly visitMinutes: number;
  /** Minutes of the second look after tests. */
  readonly returnMinutes: number;
  readonly tests: readonly { readonly kind: TestKind; readonly minutes: number }[];
  readonly age: number;
  readonly declared?: 'pregnant' | 'severe-disability' | 'merit';
}

export interface ShapedDay {
  readonly rooms: readonly ShapedRoom[];
  readonly people: readonly ShapedPerson[];
}

const specialties = [
  'noi-tong-hop', 'tim-mach', 'noi-tiet', 'tieu-hoa', 'ho-hap', 'than-tiet-nieu', 'co-xuong-khop', 'than-kinh', 'da-lieu', 'mat', 'tai-mui-hong', 'rang-ham-mat',
  'san-phu', 'nhi', 'ngoai-tong-hop', 'chan-thuong', 'ung-buou', 'huyet-hoc', 'di-ung', 'lao-khoa',
] as const;

const morning: Session = { from: 7 * 60, until: 11 * 60 + 30 };
const afternoon: Session = { from: 13 * 60, until: 16 * 60 + 30 };
/** Spread of the logarithm of a visit's length. */
const spread = 0.45;
/** Beside the first look: the second look after tests (38 of 100 come back for 3 min) and the change between two patients. Seats and rooms must hold it too. */
const aroundMinutes = 0.38 * 3.7 + 0.7;
/** People without appointment, by half hour from 06:30 on. */
const walkInWeights = [6, 12, 14, 13, 11, 9, 7, 5, 3, 1, 0, 0, 2, 5, 5, 4, 2, 1];

/** Makes the day: the same for the same shape. */
export function makeDay(shape: DayShape): ShapedDay {
  const dice = diceOf(shape.seed);
  const rooms = makeRooms(dice, shape);
  const booked = makeBooked(dice, rooms, shape);
  const walkIns = makeWalkIns(dice, rooms, shape.patients - booked.length, booked);
  return { rooms, people: [...booked, ...walkIns] };
}

function makeRooms(dice: Dice, { patients, seatQuantile, plannedUse }: DayShape): ShapedRoom[] {
  const middle = () => 5.5 + 4 * dice.share();
  const mean = 7.5 * Math.exp((spread * spread) / 2) + aroundMinutes;
  const rooms = (share: number, { from, until }: Session) => Math.ceil((patients * share * mean) / ((until - from) * plannedUse));
  const early = rooms(0.8, morning);
  const late = rooms(0.2, afternoon);
  return Array.from({ length: early }, (_, i) => {
    const middleMinutes = middle();
    return {
      key: `p${String(i + 1).padStart(3, '0')}`, specialty: specialties[i % specialties.length]!, middleMinutes,
      seatMinutes: Math.max(5, Math.round(middleMinutes * Math.exp(spread * quantileOfNormal(seatQuantile)) + aroundMinutes)),
      sessions: i < late ? [morning, afternoon] : [morning],
    };
  });
}

function makeBooked(dice: Dice, rooms: readonly ShapedRoom[], shape: DayShape): ShapedPerson[] {
  const wanted = Math.round(shape.patients * shape.bookedShare);
  const seats = rooms.flatMap((room) => room.sessions.flatMap((session) => seatsOf(room, session)));
  const chosen = [...chooseSome(dice, seats.filter(({ slotAt }) => slotAt < 720), Math.round(wanted * 0.8)), ...chooseSome(dice, seats.filter(({ slotAt }) => slotAt >= 720), wanted - Math.round(wanted * 0.8))];
  return chosen.map(({ room, slotAt }, i) => {
    const late = dice.share() < shape.lateShare;
    const arrivesAt = late ? slotAt + dice.long(12) : slotAt - 18 + 10 * dice.normal();
    const channel = dice.pick([['app', 55], ['phone', 25], ['desk', 20]] as const);
    return { ...person(dice, `h${i}`, room), booked: { slotAt, channel, comes: dice.share() >= shape.noShowShare }, arrivesAt: Math.max(360, arrivesAt) };
  });
}

function seatsOf(room: ShapedRoom, { from, until }: Session): { room: ShapedRoom; slotAt: number }[] {
  const count = Math.floor((until - from) / room.seatMinutes);
  return Array.from({ length: count }, (_, i) => ({ room, slotAt: from + i * room.seatMinutes }));
}

/** The desk sends them where seats are left: of three rooms it may offer, the one with the fewest people for its hours. */
function makeWalkIns(dice: Dice, rooms: readonly ShapedRoom[], count: number, booked: readonly ShapedPerson[]): ShapedPerson[] {
  const load = new Map<string, number>();
  const add = (key: string) => load.set(key, (load.get(key) ?? 0) + 1);
  for (const { roomKey } of booked) add(roomKey);
  const fullness = (room: ShapedRoom) => ((load.get(room.key) ?? 0) * room.seatMinutes) / room.sessions.reduce((sum, { from, until }) => sum + until - from, 0);
  const offer = (open: readonly ShapedRoom[]) => [dice.one(open), dice.one(open), dice.one(open)].reduce((best, room) => (fullness(room) < fullness(best) ? room : best));
  return Array.from({ length: count }, (_, i) => {
    const half = dice.pick(walkInWeights.map((weight, at) => [at, weight] as const));
    const arrivesAt = 390 + half * 30 + 30 * dice.share();
    const open = rooms.filter(({ sessions }) => sessions.some(({ until }) => until > arrivesAt + 60));
    const room = offer(open.length === 0 ? rooms : open);
    add(room.key);
    return { ...person(dice, `t${i}`, room), arrivesAt };
  });
}

function person(dice: Dice, key: string, room: ShapedRoom): Omit<ShapedPerson, 'arrivesAt' | 'booked'> {
  const tests = [
    ...(dice.share() < 0.35 ? [{ kind: 'laboratory' as const, minutes: 2 + 2 * dice.share() }] : []),
    ...(dice.share() < 0.15 ? [{ kind: 'imaging' as const, minutes: 5 + 6 * dice.share() }] : []),
  ];
  const declared = dice.share() < 0.04 ? dice.pick([['pregnant', 3], ['severe-disability', 2], ['merit', 2]] as const) : undefined;
  return {
    key, roomKey: room.key, tests, returnMinutes: 2 + 2 * dice.share(),
    visitMinutes: Math.min(45, room.middleMinutes * Math.exp(spread * dice.normal())),
    age: Math.min(96, Math.max(0, Math.round(dice.share() < 0.1 ? 12 * dice.share() : 50 + 18 * dice.normal()))),
    ...(declared === undefined ? {} : { declared }),
  };
}

interface Dice {
  /** 0 to 1. */
  share(): number;
  normal(): number;
  /** Exponential, of a mean. */
  long(mean: number): number;
  one<T>(items: readonly T[]): T;
  pick<T>(weighted: readonly (readonly [T, number])[]): T;
}

function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    share,
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    long: (mean) => -mean * Math.log(1 - share()),
    one: (items) => items[Math.floor(share() * items.length)]!,
    pick: (weighted) => {
      let left = share() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of weighted) if ((left -= weight) < 0) return item;
      return weighted.at(-1)![0];
    },
  };
}

function chooseSome<T>(dice: Dice, items: readonly T[], count: number): T[] {
  const left = [...items];
  const chosen: T[] = [];
  while (chosen.length < count && left.length > 0) {
    const at = Math.floor(dice.share() * left.length);
    chosen.push(left[at]!);
    left[at] = left.at(-1)!;
    left.pop();
  }
  return chosen;
}

/** Of the standard normal distribution, by bisection of its series; enough for planning. */
function quantileOfNormal(p: number): number {
  let [low, high] = [-4, 4];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share below x, by the series of the error function (Abramowitz and Stegun, 26.2.10). */
function normalShare(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}
