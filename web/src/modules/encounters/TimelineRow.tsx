// One dated event in a row: date, kind, by whom, one line, status.
import type { TimelineEvent } from '@sen/contracts';
import { Link } from 'react-router';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { formatDate, formatDayMonth, glued } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

const icons: Readonly<Record<TimelineEvent['kind'], IconName>> = {
  visit: 'stethoscope', stay: 'bed', emergency: 'siren', home: 'home', remote: 'phone',
  laboratory: 'flask', imaging: 'image', procedure: 'scissors', vaccination: 'syringe',
};

export function TimelineRow({ patientId, event, wholeDate = false }: { patientId: string; event: TimelineEvent; wholeDate?: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const date = event.when === undefined ? words.undated : wholeDate ? formatDate(event.when, language) : formatDayMonth(event.when, language);
  const title = event.documentId === undefined ? glued(event.title) : <Link className="link" to={`/patients/${patientId}/documents/${event.documentId}`}>{glued(event.title)}</Link>;
  return (
    <div className="event">
      <time className="m" dateTime={event.when}>{date}</time>
      <span className="c3" title={words.kinds[event.kind]}><Icon name={icons[event.kind]} /><span className="vh">{words.kinds[event.kind]}</span></span>
      <span className="m el" title={event.title}>{title}</span>
      <span className="c2 el" title={event.by}>{event.by === undefined ? '' : glued(event.by)}</span>
      <span className="el" title={event.line}>{event.line}</span>
      <span className="event-state"><State event={event} /></span>
    </div>
  );
}

function State({ event }: { event: TimelineEvent }) {
  const words = useStrings(strings);
  if (event.outOfRange !== undefined) return <span className="pill warn"><Icon name="warning" size={13} />{words.outOf(event.outOfRange)}</span>;
  if (event.state === undefined) return null;
  if (event.state === 'in-progress') return <span className="pill brand"><Icon name="clock" size={13} />{event.kind === 'stay' ? words.staying : words.states['in-progress']}</span>;
  return <span className="pill">{words.states[event.state]}</span>;
}
