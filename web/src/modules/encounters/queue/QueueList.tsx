// The whole list of a room: who waits, who is away for results, who was absent, who is done.
import type { QueueTurn, RoomQueue } from '@sen/contracts';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { QueueRow } from './QueueRow.tsx';
import { allTurns } from './requests.ts';
import { minutesSince, steadyOrder } from './steady-order.ts';
import { strings } from './strings.ts';

interface Props {
  queue: RoomQueue;
  nowMs: number;
  chosen: string | undefined;
  choose: (id: string) => void;
  actsOf: (turn: QueueTurn) => ReactNode;
}

const parts = ['waiting', 'away', 'skipped', 'done'] as const;
type Part = (typeof parts)[number];

export function QueueList({ queue, nowMs, chosen, choose, actsOf }: Props) {
  const words = useStrings(strings);
  const [held, setHeld] = useState(false);
  const [doneShown, setDoneShown] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen !== undefined) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className="queue-list" ref={list} role="region" aria-label={words.list} tabIndex={0} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      <div className="queue-line queue-head c3" aria-hidden="true">{Object.values(words.columns).map((text) => <span key={text}>{text}</span>)}<span /></div>
      {parts.map((part) => (part !== 'waiting' && queue.counts[part] === 0 ? null : (
        <Section key={part} part={part} queue={queue} nowMs={nowMs} folded={part === 'done' && !doneShown} fold={part === 'done' ? () => setDoneShown(!doneShown) : undefined} held={held} chosen={chosen} choose={choose} actsOf={actsOf} />
      )))}
    </div>
  );
}

function Section({ part, queue, nowMs, held, folded, fold, chosen, choose, actsOf }: Props & { part: Part; held: boolean; folded: boolean; fold: (() => void) | undefined }) {
  const words = useStrings(strings);
  const [kept, setKept] = useState<readonly string[]>([]);
  const order = steadyOrder(kept, queue[part].map(({ id }) => id), held);
  if (order.join() !== kept.join()) setKept(order);
  const turns = new Map(allTurns(queue).map((turn) => [turn.id, turn]));
  return (
    <section aria-label={words[`${part}Head`]}>
      <div className="queue-part">
        {fold === undefined ? <h2>{words[`${part}Head`]}</h2> : <h2><button type="button" className="fold" aria-expanded={!folded} onClick={fold}><Icon name={folded ? 'right' : 'down'} size={14} />{words[`${part}Head`]}</button></h2>}
        <span className="c2">{[words.people(queue.counts[part]), hintOf(part, queue, nowMs, words)].filter((text) => text !== '').join(', ')}</span>
      </div>
      {!folded && (
        <ul>{order.map((id) => turns.get(id)).filter((turn) => turn !== undefined).map((turn) => (
          <QueueRow key={turn.id} turn={turn} nowMs={nowMs} chosen={turn.id === chosen} choose={() => choose(turn.id)}>{actsOf(turn)}</QueueRow>
        ))}</ul>
      )}
    </section>
  );
}

function hintOf(part: Part, queue: RoomQueue, nowMs: number, words: typeof strings.vi): string {
  if (part === 'away') return words.awayHint;
  if (part === 'waiting') return queue.waiting.length === 0 ? '' : words.longest(Math.max(...queue.waiting.map(({ waitingSince }) => minutesSince(waitingSince, nowMs))));
  if (part === 'skipped') return '';
  const lengths = queue.done.flatMap(({ beganAt, endedAt }) => (beganAt === undefined || endedAt === undefined ? [] : [minutesSince(beganAt, Date.parse(endedAt))])).toSorted((a, b) => a - b);
  return lengths.length < 3 ? '' : words.doneHint(lengths[Math.floor(lengths.length / 2)] ?? 0);
}
