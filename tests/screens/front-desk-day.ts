// A morning at the demo hospital with doctors who see patients: the server and the browser stand at nine on the next weekday.
import type { AppointmentView, BookingHold, BookingStart } from '@sen/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { addDays, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { hospital as modules } from '../../server/src/hospital.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { startBackground } from '../../server/src/platform/events.ts';
import { openLog } from '../../server/src/platform/log.ts';
import { openHouse } from '../../server/src/start/house.ts';
import type { TestCaller } from '../support/server.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

export const demoSpecialty = 'sen-hong-endocrine';

export interface Morning {
  readonly hospital: ScreenHospital;
  readonly day: string;
  readonly operator: TestCaller;
  /** A page of a browser of their own at which somebody has signed in; patients have a phone. */
  openAs(account: string, path: string, phone?: boolean): Promise<Page>;
  /** A page at which nobody signs in, such as the screen of a waiting room. */
  openPage(path: string, width?: number, height?: number, before?: (context: BrowserContext) => Promise<unknown>): Promise<Page>;
  /** What stands in the record now: `Appointment/…`. */
  record(path: string): Promise<Record<string, unknown>>;
  /** Moves the clock of the hospital and of all its screens. */
  moveTo(instant: string | number): Promise<void>;
  /** The same day with the clock going on, and with what the house does by itself: messages, appointments that follow their visits. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it on the first weekday after today, at nine or another time. */
export async function openMorning(time = '09:00', env: Readonly<Record<string, string>> = {}): Promise<Morning> {
  const hospital = await openHospital(env);
  const { db } = hospital.server;
  const day = nextWeekday(localDay(db.clock()));
  await loadRooms(db.work());
  db.clock.advance(Date.parse(`${day}T${time}:00+07:00`) - db.clock());
  await ensureDemoSchedules(db.work());
  const pages: Page[] = [];
  const ends: (() => Promise<void> | void)[] = [];
  const openPage: Morning['openPage'] = async (path, width = 1366, height = 768, before = undefined) => {
    const page = await hospital.newPage();
    await before?.(page.context());
    await page.setViewportSize({ width, height });
    await page.addInitScript(moveClock, db.clock() - Date.now());
    await page.goto(path);
    pages.push(page);
    return page;
  };
  const openAs = async (account: string, path: string, phone = false) => {
    const page = await openPage(phone ? '/' : path, ...(phone ? [390, 844] : []));
    await page.getByLabel('Tên đăng nhập').fill(account);
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
    await page.keyboard.press('Enter');
    await page.getByLabel('Mật khẩu', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('main').waitFor();
    if (phone) await page.goto(path);
    return page;
  };
  const moveTo = async (instant: string | number) => {
    db.clock.advance(new Date(instant).getTime() - db.clock());
    for (const page of pages) {
      await page.addInitScript(moveClock, db.clock() - Date.now());
      await page.evaluate(moveClock, db.clock() - Date.now());
    }
  };
  return {
    hospital, day, operator: await hospital.server.as('tongdai'), openAs, openPage, moveTo,
    record: async (path) => (await (await fetch(`${hospital.server.base}/fhir/R4/${path}`, { headers: { authorization: `Bearer ${await issueToken(db.work(), undefined, 1)}` } })).json()) as Record<string, unknown>,
    begin: async () => void ends.push(runClock(db.clock), await runBackground(hospital)),
    close: async () => {
      for (const end of ends) await end();
      await hospital.close();
    },
  };
}

function nextWeekday(after: string): string {
  let day = addDays(after, 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  return day;
}

/** The hospital's clock goes on as the clocks of its screens do. */
function runClock(clock: { advance(ms: number): void }): () => void {
  let before = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    clock.advance(now - before);
    before = now;
  }, 20);
  return () => clearInterval(timer);
}

/** Listeners and jobs of all modules, at the hospital's time. */
async function runBackground({ server: { db } }: ScreenHospital): Promise<() => Promise<void>> {
  const house = openHouse(db.house.settings, db.database, modules, db.clock);
  const { stop } = await startBackground(house, modules, openLog('silent'));
  return stop;
}

/** In the page: the clock goes on, but from another time; the times of keys stay as they are. Called again, it moves once more. */
function moveClock(byMs: number): void {
  const shared = globalThis as { senClock?: { byMs: number } };
  if (shared.senClock !== undefined) return void (shared.senClock.byMs = byMs);
  const clock = { byMs };
  shared.senClock = clock;
  const present = Date.now.bind(Date);
  globalThis.Date = new Proxy(Date, {
    construct: (real, given) => (given.length === 0 ? new real(present() + clock.byMs) : Reflect.construct(real, given)) as object,
    get: (real, name) => (name === 'now' ? () => present() + clock.byMs : Reflect.get(real, name)),
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

/** The keys of a scanner, letters of Vietnamese included: faster than anybody types, Enter at the end. */
export async function scan(page: Page, text: string): Promise<void> {
  await page.evaluate((keys) => {
    for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }, [...text, 'Enter']);
}
