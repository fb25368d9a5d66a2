// The day of a room, one cell a slot; its legend is the counts. Light and pattern tell states apart, so that it prints in grey.
import type { StripCell } from '@sen/contracts';
import { dateParts } from '../../../lib/format.ts';
import { useStrings } from '../../../lib/language.tsx';
import type { RoomDay } from './requests.ts';
import { strings } from './strings.ts';
import './day.css';

const order: readonly StripCell['state'][] = ['seen', 'now', 'here', 'expected', 'no-show', 'free'];

function cellsOf(day: RoomDay): (StripCell & { minutes: number })[] {
  return day.sessions.flatMap(({ cells, stepMinutes }) => cells.map((cell) => ({ ...cell, minutes: stepMinutes })));
}

export function StripLegend({ day }: { day: RoomDay }) {
  const words = useStrings(strings);
  const cells = cellsOf(day);
  const people = new Map<string, Set<string>>();
  for (const { state, key, start } of cells) people.set(state, (people.get(state) ?? new Set()).add(key ?? start));
  return <span className="strip-legend">{order.filter((state) => people.has(state)).map((state) => <span key={state}><i className={state} aria-hidden="true" /><b>{people.get(state)?.size}</b> {words.cells[state]}</span>)}</span>;
}

export function ClinicStrip({ day, nowMs }: { day: RoomDay; nowMs: number }) {
  const words = useStrings(strings);
  const cells = cellsOf(day);
  if (cells.length === 0) return null;
  const at = (instant: number) => {
    const index = cells.findIndex(({ start, minutes }) => instant < Date.parse(start) + minutes * 60_000);
    const cell = cells[index];
    if (cell === undefined) return 100;
    return (100 * (index + Math.max(0, (instant - Date.parse(cell.start)) / (cell.minutes * 60_000)))) / cells.length;
  };
  const hours = cells.flatMap(({ start }, index) => (index === 0 || (dateParts(start)?.time ?? '').endsWith(':00') ? [[index, dateParts(start)?.time ?? ''] as const] : []));
  const now = at(nowMs);
  const running = now > 0 && now < 100;
  const lag = at(nowMs - day.lateMinutes * 60_000);
  return (
    <figure className="strip" aria-label={words.strip}>
      <svg viewBox="0 0 1000 36" preserveAspectRatio="none" aria-hidden="true">
        <defs><pattern id="absent" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" /></pattern></defs>
        {cells.map(({ start, state }, index) => <rect key={start + String(index)} className={state} x={(1000 * index) / cells.length + 1} y="9" width={1000 / cells.length - 2} height="22" rx="3" />)}
        {running && day.lateMinutes > 0 && <rect className="lag" x={lag * 10} y="2" width={Math.max(4, (now - lag) * 10)} height="4" />}
        {running && <rect className="now-line" x={now * 10} y="3" width="2" height="33" />}
      </svg>
      <svg className="strip-axis" width="100%" height="16" aria-hidden="true">{hours.filter(([index]) => !running || isClear((100 * index) / cells.length, now)).map(([index, text]) => <text key={text} x={`${(100 * index) / cells.length}%`} y="12">{text}</text>)}{running && <text className="b" x={`${now}%`} y="12" textAnchor={now < 2 ? 'start' : now > 98 ? 'end' : 'middle'}>{dateParts(new Date(nowMs).toISOString())?.time}</text>}</svg>
    </figure>
  );
}

/** An hour begins at its mark, the present stands in the middle of its own: in percent of the width, so that neither covers the other. */
function isClear(hour: number, now: number): boolean {
  return now < hour ? hour - now > 2.5 : now - hour > 5.5;
}
