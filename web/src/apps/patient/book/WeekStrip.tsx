// A week, Monday first: how much is free on each day.
import type { BookingDay } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { addDays, sayDay, shortWeekday } from '../days.ts';
import { strings } from '../strings.ts';

/** From so many on the number helps nobody: `nhiều`. */
const manyFrom = 10;

interface Strip {
  readonly days: readonly (BookingDay | undefined)[];
  readonly week: string;
  readonly today: string;
  readonly chosen: string | undefined;
  choose(date: string): void;
  before?: () => void;
  after?: () => void;
}

export function WeekStrip({ days, week, today, chosen, choose, before, after }: Strip) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <>
      <div className="week-head">
        <h2>{words.month(week.slice(5, 7), week.slice(0, 4))}</h2>
        <button type="button" aria-label={words.weekBefore} disabled={before === undefined} onClick={before}><Icon name="left" size={24} /></button>
        <button type="button" aria-label={words.weekAfter} disabled={after === undefined} onClick={after}><Icon name="right" size={24} /></button>
      </div>
      <div className="week" role="group" aria-label={words.daysOfWeek}>
        {days.map((day, index) => {
          const date = addDays(week, index);
          const isFree = day !== undefined && day.free > 0 && date >= today;
          const said = isFree ? (day.free >= manyFrom ? words.many : words.left(day.free)) : date < today || day === undefined ? '' : day.state === 'full' || day.state === 'free' ? words.full : words.closed;
          return (
            <button key={date} type="button" disabled={!isFree} aria-pressed={date === chosen} onClick={() => choose(date)}>
              <span>{shortWeekday(date, language)}</span><b>{Number(date.slice(8))}</b><small>{said}</small><span className="vh">{sayDay(date, language)}{day?.note !== undefined && `, ${day.note}`}</span>
            </button>
          );
        })}
      </div>
    </>
  );
}
