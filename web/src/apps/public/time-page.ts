// Which day, which time.
import type { BookingDay, BookingStart } from '@sen/contracts';
import { ApiError } from '../../lib/api.ts';
import { addDays, dayOf, mondayOf, sayDay, shortWeekday, timeOf } from '../patient/days.ts';
import { specialtyName } from './doctor-page.ts';
import { draft, visitorToken } from './draft.ts';
import { element, fill, icon, type Child } from './element.ts';
import { coming, link, note, sayWhen, type PageParts } from './frame.ts';
import { finishBooking } from './finish.ts';
import { go, type Place } from './place.ts';
import { daysOf, startsOf, type Where } from './requests.ts';
import { language, words } from './speak.ts';

const weekDays = 7;
const furthestDays = 28;
/** From so many on the number helps nobody. */
const manyFrom = 10;

export function timePage(place: Place): PageParts {
  const { specialty = '', doctor } = place;
  const where: Where = { specialty, ...(doctor !== undefined && { doctor }), ...(draft.isMoving && draft.found !== undefined && { visitType: draft.found.appointment.visitType.id }) };
  const today = dayOf(Date.now());
  const told = draft.told;
  draft.told = undefined;
  return {
    title: words().whichTime, step: 3, back: draft.isMoving ? { page: 'appointment' } : { page: 'doctor', specialty },
    content: [
      specialtyName(specialty),
      told !== undefined && note(told, 'danger'),
      draft.isMoving && draft.found !== undefined && note(words().moving(sayWhen(draft.found.appointment.start)), 'warn'),
      coming(() => daysOf(where, today, furthestDays), (days) => calendar(days, where, place, today)),
    ],
  };
}

function calendar(days: readonly BookingDay[], where: Where, place: Place, today: string): Child {
  const firstFree = days.find(({ free }) => free > 0)?.date;
  if (firstFree === undefined) return [element('p', { class: 'none' }, words().allFull), link({ page: 'doctor', specialty: where.specialty }, { class: 'second' }, words().whichDoctor)];
  const [strip, starts] = [element('div', {}), element('div', {})];
  let chosen = days.find(({ date, free }) => date === place.day && free > 0)?.date ?? firstFree;
  const choose = (date: string) => {
    chosen = date;
    history.replaceState(null, '', `${location.pathname}?${withDay(date)}`);
    showWeek(mondayOf(date));
    fill(starts, coming(() => startsOf(where, date), (found) => slots(found, date, place)));
  };
  const showWeek = (week: string) => fill(strip, weekHead(week, today, showWeek), element('div', { 'class': 'week', 'role': 'group', 'aria-label': words().daysOfWeek },
    Array.from({ length: weekDays }, (_, at) => dayButton(addDays(week, at), days, chosen, (date) => {
      choose(date);
      strip.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    }))));
  choose(chosen);
  return [strip, starts];
}

function withDay(date: string): string {
  const query = new URLSearchParams(location.search);
  query.set('ngay', date);
  return String(query);
}

function weekHead(week: string, today: string, show: (week: string) => void): HTMLElement {
  const [isFirst, isLast] = [week <= mondayOf(today), addDays(week, weekDays) >= addDays(today, furthestDays)];
  return element('div', { class: 'week-head' }, element('h2', {}, words().month(week.slice(5, 7), week.slice(0, 4))),
    element('button', { 'type': 'button', 'aria-label': words().weekBefore, 'disabled': isFirst, 'click': () => show(addDays(week, -weekDays)) }, icon('left')),
    element('button', { 'type': 'button', 'aria-label': words().weekAfter, 'disabled': isLast, 'click': () => show(addDays(week, weekDays)) }, icon('right')));
}

function dayButton(date: string, days: readonly BookingDay[], chosen: string, choose: (date: string) => void): HTMLElement {
  const day = days.find((one) => one.date === date);
  const isFree = day !== undefined && day.free > 0;
  return element('button', { 'type': 'button', 'disabled': !isFree, 'aria-pressed': String(date === chosen), 'click': () => choose(date) },
    element('span', {}, shortWeekday(date, language())), element('b', {}, String(Number(date.slice(8)))), element('small', {}, day === undefined ? '' : sayFree(day)),
    element('span', { class: 'vh' }, ` ${sayDay(date, language())}${day?.note === undefined ? '' : `, ${day.note}`}`));
}

function sayFree({ state, free }: BookingDay): string {
  if (free >= manyFrom) return words().many;
  if (free > 0) return words().left(free);
  return state === 'closed' || state === 'holiday' ? words().closed : words().full;
}

function slots(found: readonly BookingStart[], date: string, place: Place): Child {
  const starts = onePerTime(found);
  const halves = [[words().morning, starts.filter(({ start }) => timeOf(start) < '12:00')], [words().afternoon, starts.filter(({ start }) => timeOf(start) >= '12:00')]] as const;
  return [element('h2', {}, sayDay(date, language(), 'short')), halves.map(([half, all]) => all.length > 0 && [
    element('h3', { class: 'beside' }, half, element('span', {}, words().seats(all.filter(({ free }) => free).length))),
    element('div', { class: 'slots' }, all.map((one) => element('button', { type: 'button', disabled: !one.free, class: one.free ? '' : 'taken', click: () => take(one, { ...place, day: date }) }, timeOf(one.start), !one.free && element('span', { class: 'vh' }, ` ${words().taken}`)))),
  ])];
}

/** Whoever has shown a number already moves at once; others say who they are first. */
function take(start: BookingStart, { specialty, doctor, day }: Place): void {
  draft.start = start;
  const chosen = { ...(specialty !== undefined && { specialty }), ...(doctor !== undefined && { doctor }), ...(day !== undefined && { day }) };
  history.replaceState(null, '', `${location.pathname}?${withDay(day ?? '')}`);
  if (!draft.isMoving) return go({ page: 'person', ...chosen });
  draft.phone = draft.found?.phone ?? draft.phone;
  if (visitorToken(draft.phone) === undefined) return go({ page: 'code', ...chosen });
  void finishBooking({ page: 'time', ...chosen }).catch((error: unknown) => {
    draft.told = error instanceof ApiError ? error.text[language()] : String(error);
    go({ page: 'time', ...chosen }, 'replace');
  });
}

/** Several doctors may be free at one time: a free seat stands for the time. */
function onePerTime(starts: readonly BookingStart[]): BookingStart[] {
  const byTime = new Map<string, BookingStart>();
  for (const one of starts) if (byTime.get(one.start)?.free !== true && (one.free || !byTime.has(one.start))) byTime.set(one.start, one);
  return [...byTime.values()].sort((one, other) => one.start.localeCompare(other.start));
}
