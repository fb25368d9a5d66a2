// The five figures a manager asks for first, each with its target or comparison; an honest dash while there are too few people.
import type { ReactNode } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { formatNumber } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import type { DayBoard } from './requests.ts';
import { shareOf } from './share.ts';
import { strings } from './strings.ts';

export function DayFigures({ board: { totals, before, targetOnTimePercent } }: { board: DayBoard }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const percent = (share: number | undefined) => (share === undefined ? undefined : `${formatNumber(share, language, 1)}%`);
  const onTime = shareOf(totals.seenOnTime, totals.seenBooked);
  const lastWeek = before === undefined ? undefined : percent(shareOf(before.seenOnTime, before.seenBooked));
  return (
    <dl className="card figures">
      <Figure name={words.waiting} value={formatNumber(totals.waiting, language)} unit={words.people}>{words.insideNow(totals.inside)}</Figure>
      <Figure name={words.onTime} value={percent(onTime)} beside={onTime !== undefined && <Target met={onTime >= targetOnTimePercent} percent={targetOnTimePercent} />}>{onTime === undefined ? words.tooFew : words.ofSeen(totals.seenBooked, lastWeek)}</Figure>
      <Figure name={words.median} value={totals.medianWaitMinutes === undefined ? undefined : String(totals.medianWaitMinutes)} unit={words.minutes}>{totals.p90WaitMinutes === undefined ? words.tooFew : words.p90(totals.p90WaitMinutes)}</Figure>
      <Figure name={words.noShow} value={percent(shareOf(totals.noShows, totals.booked))}>{words.noShowOf(totals.noShows, totals.booked)}</Figure>
      <Figure name={words.lateStarts} value={String(totals.lateStarts)}>{words.ofSessions(totals.sessionsBegun)}</Figure>
      <Figure name={words.walkIns} value={formatNumber(totals.walkIns, language)} unit={words.people}>{words.ofArrived(totals.arrived)}</Figure>
    </dl>
  );
}

function Figure({ name, value, unit, beside, children }: { name: string; value: string | undefined; unit?: string; beside?: ReactNode; children: ReactNode }) {
  return <div><dt>{name}</dt><dd><b>{value ?? '–'}</b> {value !== undefined && unit}{beside}<small>{children}</small></dd></div>;
}

function Target({ met, percent }: { met: boolean; percent: number }) {
  const words = useStrings(strings);
  return <span className={met ? 'target c-ok' : 'target c-warn'}><Icon name={met ? 'check' : 'warning'} size={14} />{words.target(percent)}</span>;
}
