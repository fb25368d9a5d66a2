// A morning at the demo hospital with doctors who see patients: the server and the browser stand at nine on the next weekday.
import type { AppointmentView, BookingHold, BookingStart } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { addDays, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import type { TestCaller } from '../support/server.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

export const demoSpecialty = 'sen-hong-endocrine';

export interface Morning {
  readonly hospital: ScreenHospital;
  readonly day: string;
  readonly operator: TestCaller;
  /** A page at which somebody has signed in. */
  openAs(account: string, path: string): Promise<Page>;
  close(): Promise<void>;
}

/** Opens it on the first weekday after today, at nine. */
export async function openMorning(): Promise<Morning> {
  const hospital = await openHospital();
  const { db } = hospital.server;
  let day = addDays(localDay(db.clock()), 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  await loadRooms(db.work());
  db.clock.advance(Date.parse(`${day}T09:00:00+07:00`) - db.clock());
  await ensureDemoSchedules(db.work());
  const openAs = async (account: string, path: string) => {
    const page = await hospital.newPage();
    await page.addInitScript(moveClock, db.clock() - Date.now());
    await page.goto(path);
    await page.getByLabel('Tên đăng nhập').fill(account);
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
    await page.keyboard.press('Enter');
    await page.getByRole('main').waitFor();
    return page;
  };
  return { hospital, day, operator: await hospital.server.as('tongdai'), openAs, close: () => hospital.close() };
}

/** In the page: the clock goes on, but from another time; the times of keys stay as they are. */
function moveClock(byMs: number): void {
  const present = Date.now.bind(Date);
  globalThis.Date = new Proxy(Date, {
    construct: (real, given) => (given.length === 0 ? new real(present() + byMs) : Reflect.construct(real, given)) as object,
    get: (real, name) => (name === 'now' ? () => present() + byMs : Reflect.get(real, name)),
  });
}

async function post<T>(who: TestCaller, path: string, body: object): Promise<T> {
  const answer = await who.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json() as Promise<T>;
}

/** Free starts of a day. */
export async function freeStarts(who: TestCaller, date: string): Promise<BookingStart[]> {
  const answer = await who.call(`/api/booking/starts?specialty=${demoSpecialty}&date=${date}&only=free`);
  return ((await answer.json()) as { starts: BookingStart[] }).starts;
}

/** Books as the operator does. */
export async function bookFor(who: TestCaller, patientId: string, { session, start }: BookingStart): Promise<AppointmentView> {
  const { holdToken } = await post<BookingHold>(who, '/api/booking/holds', { session, start });
  return post<AppointmentView>(who, '/api/booking/appointments', { holdToken, patientId });
}

/** People of the demo with a citizen number and a telephone. */
export async function demoPeople(hospital: ScreenHospital): Promise<{ id: string; name: string; phone: string; citizenNumber: string; birthDate: string; gender: string }[]> {
  const { entry } = (await (await hospital.server.call('/fhir/R4/Patient?_count=200&_sort=_id')).json()) as { entry: { resource: { id: string; gender: string; birthDate: string; name: { text: string }[]; telecom?: { value: string }[]; identifier: { system: string; value: string }[] } }[] };
  return entry.flatMap(({ resource: { id, name, telecom, identifier, birthDate, gender } }) => {
    const citizenNumber = identifier.find(({ value }) => /^\d{12}$/.test(value))?.value;
    const phone = telecom?.[0]?.value;
    return citizenNumber === undefined || phone === undefined || name[0] === undefined ? [] : [{ id, name: name[0].text, phone, citizenNumber, birthDate, gender }];
  });
}
