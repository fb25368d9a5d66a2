// One person in the list of a room: number, slot, who, why, how they are, how long they have waited.
import type { QueueTurn } from '@sen/contracts';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { dateParts, formatSexAge } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { minutesSince } from './steady-order.ts';
import { strings } from './strings.ts';

/** Longer than this, a wait is told in amber. */
const patienceMinutes = 15;
const barMinutes = 40;

interface Props {
  turn: QueueTurn;
  nowMs: number;
  chosen: boolean;
  choose: () => void;
  children: ReactNode;
}

export function QueueRow({ turn, nowMs, chosen, choose, children }: Props) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <li className={chosen ? 'queue-line queue-row selected' : 'queue-line queue-row'} aria-current={chosen ? 'true' : undefined} onPointerDown={choose}>
      <b>{turn.ticket}</b>
      <span className={turn.slotAt === undefined ? 'c3' : ''}>{turn.slotAt === undefined ? words.noSlot : dateParts(turn.slotAt)?.time}</span>
      <span className="queue-name"><b className="el">{turn.name}</b> <span className="c3">{formatSexAge(turn.sex, turn.age, language)}</span></span>
      <span className="el">{turn.reason}</span>
      <Status turn={turn} />
      {turn.state === 'waiting' || turn.state === 'skipped' ? <Wait minutes={minutesSince(turn.waitingSince, nowMs)} /> : <span className="c2 el">{lastFact(turn, words.since)}</span>}
      <span className="queue-acts">{children}</span>
    </li>
  );
}

function lastFact(turn: QueueTurn, since: (time: string) => string): string {
  const when = turn.endedAt ?? turn.beganAt ?? turn.calledAt;
  return when === undefined ? '' : since(dateParts(when)?.time ?? '');
}

function Status({ turn }: { turn: QueueTurn }) {
  const words = useStrings(strings);
  const [icon, tone, text] = statusOf(turn, words);
  return <span className={`queue-status el ${tone}`} title={turn.note ?? text}><Icon name={icon} size={15} /><span className="el">{text}{turn.note !== undefined && <span className="c2">, {turn.note}</span>}</span></span>;
}

function statusOf(turn: QueueTurn, words: typeof strings.vi): [IconName, string, string] {
  if (turn.class === 'emergency') return ['octagon', 'c-bad m', words.class.emergency];
  if (turn.class === 'urgent') return ['warning', 'c-warn m', words.class.urgent];
  const place = turn.stations?.find(({ state }) => state === 'waiting' || state === 'called' || state === 'inside');
  if (turn.state === 'away') return ['flask', 'c2', place === undefined ? words.state.away : words.at(place.roomName)];
  if (turn.state !== 'waiting') return [turn.state === 'done' ? 'check' : 'info', 'c2', words.state[turn.state]];
  if (turn.returning) return ['flask', 'c-ok', words.back];
  if (turn.class === 'priority') return ['people', 'c-info', turn.reasons.map((reason) => words.reasons[reason]).join(', ') || words.class.priority];
  return turn.late ? ['clock', 'c2', words.lateArrival] : ['clock', 'c2', turn.wait === undefined ? words.state.waiting : words.range(turn.wait.from, turn.wait.to)];
}

function Wait({ minutes }: { minutes: number }) {
  const words = useStrings(strings);
  const long = minutes > patienceMinutes;
  return (
    <span className={long ? 'queue-wait long' : 'queue-wait'}>
      <svg viewBox="0 0 76 10" width="76" height="10" aria-hidden="true">
        <rect x="0" y="2" width="76" height="6" rx="3" className="rail-bar" /><rect x="0" y="2" width={Math.min(76, (76 * minutes) / barMinutes)} height="6" rx="3" className="full-bar" />
        <path d={`M${(76 * patienceMinutes) / barMinutes} 0V10`} className="mark-bar" />
      </svg>
      {long && <Icon name="clock" size={13} />}<b>{words.minutes(minutes)}</b>
    </span>
  );
}
