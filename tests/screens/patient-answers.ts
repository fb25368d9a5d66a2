// What a hospital answers to the patient app, held to the contracts: each answer is checked against the schema that the server answers by.
import * as contracts from '@sen/contracts';
import type { AppointmentView, BookingHold, FamilyMember, MyVisit, RouteContract, WaitingEntry } from '@sen/contracts';
import type { BrowserContext } from 'playwright-core';
import { Value } from 'typebox/value';

const dayMs = 86_400_000;
const hospitalOffsetMs = 7 * 3_600_000;

/** `hh:mm` of a day of the hospital, so many days from today. */
export function hospitalTime(days: number, time: string): string {
  const day = new Date(Date.now() + hospitalOffsetMs + days * dayMs).toISOString().slice(0, 10);
  return new Date(`${day}T${time}:00+07:00`).toISOString();
}

const family: FamilyMember[] = [
  { patientId: 'tran-thu-ha', name: 'Trần Thu Hà', sex: 'female', birthDate: '1992-05-04', age: { value: 34, unit: 'years' }, relation: 'self' },
  { patientId: 'tran-thi-mai', name: 'Trần Thị Mai', sex: 'female', birthDate: '1959-02-11', age: { value: 67, unit: 'years' }, relation: 'mother' },
  { patientId: 'le-binh-an', name: 'Lê Bình An', sex: 'male', birthDate: '2022-07-01', age: { value: 52, unit: 'months' }, relation: 'child' },
];

const room = { id: 'sen-hong-205', name: 'Phòng 205', short: '205', kind: 'exam' as const, department: { id: 'tim-mach', name: 'Khoa Tim mạch' }, way: 'Nhà B, tầng 2' };
const doctor = { id: 'pham-quoc-khanh', name: 'BSCKII. Phạm Quốc Khánh' };
const specialty = { id: 'tim-mach', name: 'Tim mạch' };
const visitType = { id: 'kham-moi', name: 'Khám lần đầu' };
const bring = ['Thẻ căn cước, hoặc VNeID', 'Thuốc đang uống, cả vỏ hộp'];

export function appointmentAt(start: string, more: Partial<AppointmentView> = {}): AppointmentView {
  return {
    id: 'lich-cua-me', state: 'booked', code: '4821 7390 6', qr: 'SEN:B:7Q2M4K9T1XW8', start, end: new Date(Date.parse(start) + 1_200_000).toISOString(),
    arriveAt: new Date(Date.parse(start) - 900_000).toISOString(), patientId: 'tran-thi-mai', patientName: 'Trần Thị Mai', facility: { id: 'sen-hong', name: 'Bệnh viện Đa khoa Sen Hồng' },
    specialty, doctor, room: { id: room.id, name: room.name }, way: room.way, visitType, channel: 'app', confirmed: false, toCall: false, canMove: true, canCancel: true, bring, ...more,
  };
}

export function visitNow(more: Partial<MyVisit> = {}): MyVisit {
  return {
    visitId: 'luot-cua-me', patientId: 'tran-thi-mai', patientName: 'Trần Thị Mai', ticket: 'A0027', code: 'SEN:V:luot-cua-me', arrivedAt: hospitalTime(0, '00:05'), appointmentId: 'lich-cua-me', slotAt: hospitalTime(0, '23:40'),
    state: 'waiting', kind: 'exam', room, doctor, roomState: 'open', lateMinutes: 0, calls: 0, before: 3, wait: { from: 12, to: 20 },
    path: [
      { kind: 'triage', state: 'done', room: { ...room, id: 'sen-hong-201', name: 'Phòng 201', short: '201', kind: 'triage' }, endedAt: hospitalTime(0, '00:20') },
      { kind: 'exam', state: 'waiting', room },
      { kind: 'laboratory', state: 'planned', room: { ...room, id: 'sen-hong-108', name: 'Phòng 108', short: '108', kind: 'laboratory', way: 'Nhà B, tầng 1' } },
      { kind: 'pharmacy', state: 'planned', room: { ...room, id: 'sen-hong-quay-3', name: 'Quầy 3', short: '3', kind: 'pharmacy', way: 'Nhà B, tầng 1' } },
    ],
    ...more,
  };
}

export interface Told {
  coming: AppointmentView[];
  visits: MyVisit[];
  waiting: WaitingEntry[];
  /** Every change that the app asked for: method, path and body. */
  readonly asked: { readonly path: string; readonly body: unknown }[];
  /** A hold lasts so long. */
  holdMs: number;
  /** Nothing answers any more. */
  isOffline: boolean;
}

/** Answers the routes of booking, family and visit; everything else goes to the server. */
export async function answerPatient(context: BrowserContext): Promise<Told> {
  const told: Told = { coming: [], visits: [], waiting: [], asked: [], holdMs: 300_000, isOffline: false };
  for (const [contract, answer] of answers(told)) {
    const pattern = new RegExp(`^${contract.path.replace(/:\w+/g, '[^/]+')}$`);
    await context.route((url) => pattern.test(url.pathname), async (route) => {
      const request = route.request();
      if (told.isOffline) return route.abort('internetdisconnected');
      if (request.method() !== contract.method) return route.fallback();
      const body: unknown = request.postData() === null ? undefined : request.postDataJSON();
      if (contract.body !== undefined && !Value.Check(contract.body, body)) return route.fulfill({ status: 400, json: { code: 'http.invalid', message: { vi: 'Sai mẫu', en: 'Not by the contract' } } });
      if (contract.method !== 'GET') told.asked.push({ path: `${contract.method} ${new URL(request.url()).pathname}`, body });
      const json = answer(new URL(request.url()), body as Record<string, string>);
      if (!Value.Check(contract.response, json)) throw new Error(`${contract.path}: ${JSON.stringify([...Value.Errors(contract.response, json)][0])}`);
      return route.fulfill({ json });
    });
  }
  return told;
}

type Answer = (url: URL, body: Record<string, string>) => unknown;

function answers(told: Told): (readonly [RouteContract, Answer])[] {
  return [
    [contracts.listFamily, () => ({ people: family, awaiting: [] })],
    [contracts.listMyAppointments, () => ({ coming: told.coming, past: [appointmentAt(hospitalTime(-90, '09:00'), { id: 'lan-truoc', state: 'fulfilled', canMove: false, canCancel: false })] })],
    [contracts.listMyVisits, () => ({ visits: told.visits, at: new Date().toISOString() })],
    [contracts.listMyWaiting, () => ({ entries: told.waiting })],
    [contracts.listBookingSpecialties, () => ({ facility: 'sen-hong', facilityName: 'Bệnh viện Đa khoa Sen Hồng', phone: '024 0000 1234', visitTypes: [{ code: 'kham-moi', name: 'Khám lần đầu', minutes: 20 }], specialties })],
    [contracts.listBookingDoctors, () => ({ doctors: [{ ...doctor, specialties: [specialty], nextFree: hospitalTime(1, '08:40'), days: [] }, { id: 'le-hong-nhung', name: 'BS. Lê Thị Hồng Nhung', specialties: [specialty], nextFree: hospitalTime(2, '08:00'), days: [] }] })],
    [contracts.listBookingDays, () => ({ days: Array.from({ length: 28 }, (_, index) => ({ date: hospitalTime(index, '12:00').slice(0, 10), state: index % 3 === 2 ? 'full' : 'free', free: index % 3 === 2 ? 0 : index % 3 === 0 ? 12 : 3 })) })],
    [contracts.listBookingStarts, (url) => ({ starts: ['08:00', '08:20', '08:40', '09:00', '09:20', '09:40', '13:40', '14:20'].map((time, index) => ({ start: new Date(`${url.searchParams.get('date')}T${time}:00+07:00`).toISOString(), minutes: 20, free: index % 2 === 1, session: 's1', doctor, room: { id: room.id, name: room.name }, specialty })) })],
    [contracts.holdSeat, (_url, { start }) => holdOf(start!, told.holdMs)],
    [contracts.bookAppointment, (_url, { patientId }) => keep(told, appointmentAt(told.asked.flatMap(({ path, body }) => (path.endsWith('/holds') ? [(body as { start: string }).start] : [])).at(-1)!, { id: 'lich-moi', patientId: patientId! }))],
    [contracts.confirmAppointment, () => keep(told, { ...told.coming[0]!, confirmed: true })],
    [contracts.cancelAppointment, () => keep(told, { ...told.coming[0]!, state: 'cancelled', canMove: false, canCancel: false })],
    [contracts.moveAppointment, () => keep(told, { ...told.coming[0]!, start: (told.asked.findLast(({ path }) => path.endsWith('/holds'))!.body as { start: string }).start })],
    [contracts.joinWaitingList, (_url, { patientId, from, until }) => {
      const entry: WaitingEntry = { id: '0b4d8f0a-0000-4000-8000-000000000001', patientId: patientId!, patientName: 'Trần Thị Mai', specialty, visitType, from: from!, until: until!, part: 'any', state: 'waiting' };
      told.waiting = [entry];
      return entry;
    }],
    [contracts.readMessagePreferences, () => ({ preferences: { language: 'vi', channels: ['zalo', 'sms'], quietFrom: '21:00', quietTo: '07:00', refused: [], marketing: false }, available: ['sms'], devices: 0 })],
  ];
}

const specialties = [
  { ...specialty, plain: 'Huyết áp, hồi hộp, hay mệt', doctors: 2, nextFree: hospitalTime(1, '08:20') },
  { id: 'noi-tiet', name: 'Nội tiết', plain: 'Tiểu đường, bướu cổ', doctors: 3, nextFree: hospitalTime(1, '09:00') },
  { id: 'co-xuong-khop', name: 'Cơ xương khớp', plain: 'Đau lưng, đau gối, tê tay', doctors: 1 },
];

function holdOf(start: string, holdMs: number): BookingHold {
  return {
    holdToken: 'giu-cho-cua-me-0123456789', until: new Date(Date.now() + holdMs).toISOString(), start, minutes: 20, arriveAt: new Date(Date.parse(start) - 900_000).toISOString(),
    doctor, room: { id: room.id, name: room.name }, specialty, visitType, bring,
  };
}

function keep(told: Told, appointment: AppointmentView): AppointmentView {
  told.coming = [appointment];
  return appointment;
}
