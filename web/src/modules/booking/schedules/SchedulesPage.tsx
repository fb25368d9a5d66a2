// Who sees patients when: the week as it fills, leave, the weekly templates, days off, kinds of visit.
import { useSearchParams } from 'react-router';
import { useMinute } from '../../../lib/clock.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { todayOf } from '../seats/times.ts';
import { Holidays } from './Holidays.tsx';
import { LeaveForm } from './LeaveForm.tsx';
import { strings } from './strings.ts';
import { Templates } from './Templates.tsx';
import { VisitTypes } from './VisitTypes.tsx';
import { WeekGrid } from './WeekGrid.tsx';
import '../seats/seats.css';
import './schedules.css';

const tabs = ['week', 'leave', 'weekly', 'holidays', 'kinds'] as const;

export function Component() {
  const words = useStrings(strings);
  const today = todayOf(useMinute());
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((one) => one === params.get('part')) ?? 'week';
  usePageTitle(words.title);
  const set = (change: Record<string, string>) => setParams((before) => {
    for (const [name, value] of Object.entries(change)) if (value === '') before.delete(name); else before.set(name, value);
    return before;
  }, { replace: true });
  return (
    <div className="schedules">
      <div className="page-head"><h1>{words.title}</h1><div className="segments">{tabs.map((one) => <button key={one} type="button" aria-pressed={tab === one} onClick={() => set({ part: one, session: '', doctor: '' })}>{words.tabs[one]}</button>)}</div></div>
      {tab === 'week' && <WeekGrid today={today} date={params.get('date') ?? today} specialty={params.get('specialty') ?? undefined} session={params.get('session') ?? undefined} set={set} />}
      {tab === 'leave' && <div className="schedule-scroll" role="region" aria-label={words.tabs.leave} tabIndex={0}><LeaveForm today={today} /></div>}
      {tab === 'weekly' && <Templates today={today} />}{tab === 'holidays' && <Holidays today={today} />}{tab === 'kinds' && <VisitTypes today={today} />}
    </div>
  );
}
