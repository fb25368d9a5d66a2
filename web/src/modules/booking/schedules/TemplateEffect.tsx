// What is to be said of a template, and what it does to the sessions already made.
import type { ScheduleEffect, ScheduleFinding } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts, formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

function bringIntoView(section: HTMLElement | null): void {
  section?.scrollIntoView({ block: 'nearest' });
}

const looks = { error: { icon: 'octagon', tone: 'bad' }, warning: { icon: 'warning', tone: 'warn' }, note: { icon: 'info', tone: 'info' } } as const;

export function Findings({ findings, seats }: { findings: readonly ScheduleFinding[]; seats: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <section role="status" className="findings" ref={bringIntoView}>
      <p><b>{words.seatsEach(seats)}</b> {findings.length === 0 && words.fine}</p>
      <ul>{findings.map((one) => <li key={`${one.code}${one.vi}`}><span className={`pill ${looks[one.level].tone}`}><Icon name={looks[one.level].icon} size={14} />{words.levels[one.level]}</span> {one[language]}</li>)}</ul>
    </section>
  );
}

export function Effect({ effect }: { effect: ScheduleEffect }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <section role="status" className="findings" ref={bringIntoView}>
      <p>{words.effect(effect.made, effect.changed, effect.withdrawn)}</p>
      {effect.told > 0 && <p>{words.told(effect.told)}</p>}
      {effect.keptForBooked > 0 && <p>{words.keptSessions(effect.keptForBooked)}</p>}
      <ul>{effect.stays.map((one) => <li key={one.from}><b>{formatDate(one.date, language)}</b>, {dateParts(one.from)?.time}–{dateParts(one.until)?.time}: {words.stay(one.booked)}</li>)}</ul>
    </section>
  );
}
