// What becomes of everybody booked or waiting, one line a person.
import type { LeaveOutcome } from '@sen/contracts';
import { Link } from 'react-router';
import { dateParts, formatDateTime, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

interface Line {
  readonly key: string;
  readonly name: string;
  readonly was: string;
  readonly becomes: string;
  readonly where: string;
  readonly how: string;
}

export function Outcome({ outcome, done }: { outcome: LeaveOutcome; done: boolean }) {
  const words = useStrings(strings);
  const groups = useGroups(outcome);
  return (
    <section className="schedule-outcome" role="status">
      <p className="c2">{done ? words.recorded : words.notYet} <b>{words.sum(outcome.sessions, outcome.booked)}</b></p>
      {outcome.booked > 0 && <Shares outcome={outcome} />}
      {groups.map(({ title, tone, lines }) => (
        <section key={title}>
          <h2><i className={`dot ${tone}`} aria-hidden="true" />{title}</h2>
          <table className="schedule-table">
            <thead><tr>{[words.person, words.was, words.becomes, words.where, words.how].map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
            <tbody>{lines.map((one) => <tr key={one.key}><th scope="row">{one.name}</th><td className="nw">{one.was}</td><td className="nw">{one.becomes}</td><td>{glued(one.where)}</td><td>{one.how}</td></tr>)}</tbody>
          </table>
        </section>
      ))}
      {done && outcome.toCall.length + outcome.moved.filter(({ call }) => call).length > 0 && <Link className="link" to="/switchboard">{words.callList}</Link>}
    </section>
  );
}

/** All who were booked as one bar. */
function Shares({ outcome: { booked, takenOver, moved, toCall } }: { outcome: LeaveOutcome }) {
  const share = (n: number) => ({ width: `${(100 * n) / booked}%` });
  return <span className="fill-bar wide" aria-hidden="true"><i className="fill ok" style={share(takenOver.length)} /><i className="fill taken" style={share(moved.length)} /><i className="fill warn" style={share(toCall.length)} /></span>;
}

function useGroups({ takenOver, moved, toCall, here }: LeaveOutcome) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const line = (one: { appointmentId: string; patientName: string; was: string }) => ({ key: one.appointmentId, name: one.patientName, was: formatDateTime(one.was, language) });
  const place = (room: string | undefined, doctor: string | undefined) => [doctor, room].filter((part) => part !== undefined).join(', ');
  const sameDay = (one: string, other: string) => dateParts(one)?.day === dateParts(other)?.day && dateParts(one)?.month === dateParts(other)?.month;
  const groups: { title: string; tone: string; lines: Line[] }[] = [
    { title: words.here(here.length), tone: here.every(({ room }) => room !== undefined) ? 'ok' : 'bad', lines: here.map((one) => ({ key: one.ticket, name: one.patientName, was: words.waitsNow(one.ticket), becomes: words.sameTime, where: place(one.room, one.doctor) || words.nobodyThere, how: words.atRoom })) },
    { title: words.toCall(toCall.length), tone: 'warn', lines: toCall.map((one) => ({ ...line(one), becomes: '', where: '', how: one.phone === undefined ? words.noPhone : words.byCall(one.phone) })) },
    { title: words.moved(moved.length), tone: 'info', lines: moved.map((one) => ({ ...line(one), becomes: sameDay(one.was, one.start) ? (dateParts(one.start)?.time ?? '') : formatDateTime(one.start, language), where: place(one.room, one.doctor), how: one.call ? words.byMessageAndCall : words.byMessage })) },
    { title: words.takenOver(takenOver.length), tone: 'ok', lines: takenOver.map((one) => ({ ...line(one), becomes: words.sameTime, where: place(one.room, one.doctor), how: words.byMessage })) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}
