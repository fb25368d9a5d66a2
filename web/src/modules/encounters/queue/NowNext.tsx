// Who is in the room and who comes next; the call stands beside the next one.
import type { QueueTurn, RoomQueue } from '@sen/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { dateParts, formatSexAge } from '../../../lib/format.ts';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import type { RoomAct } from './requests.ts';
import { minutesSince } from './steady-order.ts';
import { strings } from './strings.ts';

interface Props {
  queue: RoomQueue;
  nowMs: number;
  busy: boolean;
  mayOpenChart: boolean;
  /** Undefined: somebody else's work. */
  triage: ((turn: QueueTurn) => void) | undefined;
  /** Sends who is in the room for tests; undefined where nobody is, or no doctor works. */
  send: (() => void) | undefined;
  act: (act: RoomAct) => void;
}

export function NowNext({ queue, nowMs, busy, mayOpenChart, triage, send, act }: Props) {
  const words = useStrings(strings);
  const current = queue.now[0];
  const next = queue.waiting[0];
  return (
    <div className="now-next">
      <article className="now" aria-label={current?.state === 'called' ? words.calledNow : words.now}>
        {current === undefined ? <p className="c2 nobody">{words.nobodyNow}</p> : (
          <Person turn={current} label={current.state === 'called' ? words.calledNow : queue.room.kind === 'exam' ? words.now : words.stationNow}
            fact={current.state === 'called' ? words.called(current.calls) : words.minutes(minutesSince(current.beganAt ?? queue.at, nowMs))}>
            {current.state === 'called' && <button type="button" className="btn" disabled={busy} onClick={() => act({ act: 'begin', turn: current })}>{words.act.begin}<kbd>B</kbd></button>}
            {current.state === 'called' && <button type="button" className="btn" disabled={busy} onClick={() => act({ act: 'recall', turn: current })}>{words.act.recall}<kbd>R</kbd></button>}
            {current.state === 'called' && <button type="button" className="btn" disabled={busy} onClick={() => act({ act: 'skip', turn: current })}>{words.act.skip}<kbd>V</kbd></button>}
            {current.state === 'inside' && triage !== undefined && <button type="button" className={queue.room.kind === 'triage' ? 'btn primary' : 'btn'} disabled={busy} aria-keyshortcuts="T" onClick={() => triage(current)}>{words.hints.triage}<kbd>T</kbd></button>}
            {current.state === 'inside' && send !== undefined && <button type="button" className="btn" disabled={busy} aria-keyshortcuts="G" onClick={send}>{words.hints.send}<kbd>G</kbd></button>}
            {current.state === 'inside' && mayOpenChart && <Link className="btn" to={`/patients/${current.patientId}/summary`}>{words.act.chart}</Link>}
            {current.state === 'inside' && <button type="button" className="btn" disabled={busy} onClick={() => act({ act: 'finish', turn: current })}>{words.act.finish}<kbd>F</kbd></button>}
          </Person>
        )}
      </article>
      <article aria-label={words.next}>
        {next === undefined ? <p className="c2 nobody"><b>{words.nobodyNext}.</b> {words.nobodyNextHint}</p> : (
          <Person turn={next} label={words.next} fact={words.minutes(minutesSince(next.waitingSince, nowMs))}>
            <button type="button" className="btn primary call-next" disabled={busy || queue.state !== 'open'} aria-keyshortcuts="C" onClick={() => act({ act: 'next', current: current?.id ?? null })}><Icon name="speaker" size={18} />{words.act.next}<kbd>C</kbd></button>
          </Person>
        )}
      </article>
    </div>
  );
}

function Person({ turn, label, fact, children }: { turn: QueueTurn; label: string; fact: string; children: ReactNode }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const slot = turn.slotAt === undefined ? words.noSlot : words.booked(dateParts(turn.slotAt)?.time ?? '');
  return (
    <>
      <p className="now-ticket"><span>{label}</span><b>{turn.ticket}</b></p>
      <div className="now-who"><h2 className="el">{turn.name}</h2><p className="c2">{[formatSexAge(turn.sex, turn.age, language), slot, fact].join(' · ')}</p>{(turn.reason ?? turn.note) !== undefined && <p className="c2 el">{[turn.reason, turn.note].filter((text) => text !== undefined).join(' · ')}</p>}</div>
      <div className="now-acts">{children}</div>
    </>
  );
}
