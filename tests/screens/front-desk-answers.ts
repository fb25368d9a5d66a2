// Answers of the contracts with a full morning in them, for screens whose amounts no test could make in time by walking through the doors.
import type * as contracts from '@sen/contracts';
import type { BoardRoom, QueueTurn, ResponseOf, RoomQueue } from '@sen/contracts';
import type { Page } from 'playwright-core';

const at = (time: string) => `2026-11-23T${time}:00+07:00`;
export const morning = at('09:08');
const people = ['Bùi Quang Hải', 'Phùng Thị Nga', 'Lương Văn Kiên', 'Trần Thị Tuyết Minh', 'Nguyễn Bảo Long', 'Đoàn Thị Hiền', 'Hoàng Công Tráng', 'Nguyễn Thị Hồng Nhung Phương Thảo', 'Vương Đình Toàn', 'Hà Trung Dũng'];
const reasons = ['Đái tháo đường típ 2, tái khám', 'Bướu giáp đa nhân', 'Cường giáp, mạch nhanh', 'Suy giáp sau mổ', 'Mệt, sụt cân 4 kg'];

function clock(minutes: number): string {
  return at(`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
}

export function turn(at: number, change: Partial<QueueTurn> = {}): QueueTurn {
  const booked = at % 4 !== 3;
  return {
    id: `turn-${at}`, visitId: `visit-${at}`, patientId: `patient-${at}`, ticket: `${booked ? 'A' : 'B'}00${String(at).padStart(2, '0')}`, name: people[at % people.length] ?? '', sex: at % 2 === 0 ? 'male' : 'female',
    age: { value: 30 + ((at * 7) % 55), unit: 'years' }, kind: 'exam', roomId: 'sen-hong-205', state: 'waiting', class: 'normal', reasons: [], booked, ...(booked ? { slotAt: clock(540 + at * 10) } : {}),
    arrivedAt: clock(515 + at), waitingSince: clock(520 + at), calls: 0, returning: false, late: false, reason: reasons[at % reasons.length] ?? '', ...change,
  };
}

export function roomQueue(change: Partial<RoomQueue> = {}): RoomQueue {
  const waiting = Array.from({ length: 24 }, (_, at) => turn(at + 10, at === 2 ? { class: 'urgent', reasons: ['triage-urgent'], note: 'Mạch 118, HA 150/90' } : at === 4 ? { class: 'priority', reasons: ['age-75'] } : at === 0 ? { returning: true } : { wait: { from: at * 8, to: at * 12 } }));
  const away = [turn(5, { state: 'away', beganAt: at('08:40'), stations: [{ turnId: 's1', kind: 'laboratory', roomId: 'lab', roomName: 'Lấy mẫu tầng 1', state: 'waiting' }] }), turn(6, { state: 'away', beganAt: at('08:48') })];
  const done = [0, 1, 2, 3].map((index) => turn(index, { state: 'done', beganAt: clock(455 + index * 12), endedAt: clock(465 + index * 12) }));
  return {
    room: { id: 'sen-hong-205', name: 'Phòng 205', short: '205', kind: 'exam', department: { id: 'endocrine', name: 'Nội tiết' } }, state: 'open', doctors: [{ id: 'le-minh-quang', name: 'BS. Lê Minh Quang' }], lateMinutes: 20,
    now: [turn(8, { state: 'inside', beganAt: at('09:01') })], waiting, away, skipped: [turn(7, { state: 'skipped', calls: 2 })], done,
    counts: { waiting: waiting.length, away: away.length, skipped: 1, done: done.length }, at: morning, ...change,
  };
}

export function roomDay(): ResponseOf<typeof contracts.readRoomDay> {
  const states = ['seen', 'seen', 'seen', 'no-show', 'seen', 'seen', 'seen', 'now', 'here', 'here', 'here', 'here', 'here', 'expected', 'expected', 'expected', 'free', 'expected', 'free', 'expected', 'free', 'expected', 'expected', 'free', 'free', 'free', 'free'] as const;
  const cells = states.map((state, index) => ({ start: clock(450 + index * 10), state, key: `k${index}` }));
  const expected = cells.filter(({ state }) => state === 'expected');
  return {
    room: { id: 'sen-hong-205', name: 'Phòng 205' }, date: '2026-11-23', lateMinutes: 20, toTell: expected.length,
    sessions: [{ id: 's1', from: at('07:30'), until: at('12:00'), stepMinutes: 10, specialty: { id: 'endocrine', name: 'Nội tiết' }, cells }],
    rows: expected.map(({ start, key }, index) => ({ key, patientId: `p${index}`, name: people[index % people.length] ?? '', sex: 'female', state: 'expected', start, room: { id: 'sen-hong-205', name: 'Phòng 205' }, channel: 'phone', confirmed: true, toCall: false })),
  };
}

export function boardRooms(): BoardRoom[] {
  const doctors = ['Lê Thị Hồng Nhung', 'Phạm Quốc Khánh', 'Đỗ Minh Đức', 'Vũ Ngọc Anh'];
  return ['203', '205', '206', '207'].map((short, index) => ({
    id: `sen-hong-${short}`, name: `Phòng ${short}`, short, kind: 'exam', way: 'Tầng 2, cửa thứ ba bên phải', state: 'open', doctors: [doctors[index] ?? ''], lateMinutes: index === 3 ? 20 : 0, waiting: 7,
    called: index === 1 ? [{ ticket: 'A0027', maskedName: 'Trần T. M.', calledAt: at('09:07'), calls: 1, turn: 'c1' }] : index === 2 ? [{ ticket: 'A0026', maskedName: 'Lý G. H.', calledAt: at('09:05'), calls: 1, turn: 'c2' }] : [],
    next: [{ ticket: `A003${index}`, maskedName: 'Vũ Đ. H.', turn: `n${index}` }, { ticket: `B001${index}`, maskedName: 'Hồ T. L.', turn: `m${index}` }],
  }));
}

export function dayBoard(change: Partial<ResponseOf<typeof contracts.readDayBoard>> = {}): ResponseOf<typeof contracts.readDayBoard> {
  const names = ['Nội tiết', 'Tim mạch', 'Sản phụ', 'Nhi', 'Mắt', 'Tiêu hóa', 'Da liễu', 'Tai Mũi Họng', 'Cơ Xương Khớp'];
  const came = [96, 150, 163];
  return {
    facility: 'sen-hong', facilityName: 'Bệnh viện Sen Hồng', date: '2026-11-23', at: at('09:50'),
    totals: { booked: 455, expected: 230, arrived: 424, waiting: 191, inside: 30, done: 203, walkIns: 112, noShows: 31, cancelled: 12, seenOnTime: 338, seenBooked: 406, medianWaitMinutes: 11, p90WaitMinutes: 34, lateStarts: 3, sessionsBegun: 28 },
    before: { date: '2026-11-16', arrived: 401, seenOnTime: 316, seenBooked: 400, noShows: 33, booked: 450 }, targetOnTimePercent: 90,
    clinics: names.map((name, index) => ({ room: { id: `sen-hong-2${index}5`, name: `Phòng 2${index}5` }, specialty: { id: `k${index}`, name }, doctor: { id: `d${index}`, name: 'BS. Lê Minh Quang' }, state: 'open', expected: 20, waiting: 38 - index * 4, longestWaitMinutes: 52 - index * 5, seen: 22, noShow: 2, lateMinutes: index === 0 ? 20 : index === 1 ? 9 : 0, seatsLeft: index })),
    hours: Array.from({ length: 10 }, (_, index) => ({
      from: clock(420 + index * 60), arrivals: came[index] ?? 0, walkIns: 20, seenBooked: [90, 140, 120][index] ?? 0, seenOnTime: [82, 118, 94][index] ?? 0, capacity: index === 5 ? 60 : 150,
      ...(index < 3 ? {} : { forecast: { low: 120 - index * 6, likely: 175 - index * 14, high: 200 - index * 12 } }),
    })), forecastDays: 8, ...change,
  };
}

/** Lets one address of our API answer with a value, or with what a function gives each time. */
export async function answer(page: Page, path: string | RegExp, give: unknown): Promise<void> {
  await page.route(path, (route) => route.fulfill({ json: typeof give === 'function' ? (give as (method: string, body: string | null, url: string) => unknown)(route.request().method(), route.request().postData(), route.request().url()) : give }));
}
