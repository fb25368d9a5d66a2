// The steps of today: done, now, later. Always a place, never a department alone.
import type { MyVisit } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { timeOf } from '../days.ts';
import { strings } from '../strings.ts';

const over = new Set(['done', 'moved', 'left']);

export function VisitSteps({ visit }: { visit: MyVisit }) {
  const words = useStrings(strings);
  const now = visit.path.findIndex(({ state }) => state === 'called' || state === 'inside' || state === 'waiting' || state === 'skipped');
  return (
    <>
      <h2 className="sec">{words.stepsToday}</h2>
      <ol className="steps">
        <Step mark={<Icon name="check" size={20} />} kind="done" title={words.tookNumber(visit.ticket)} end={words.doneAt(timeOf(visit.arrivedAt))} />
        {visit.path.map((step, index) => {
          const isDone = over.has(step.state);
          const title = step.kind === 'exam' && visit.doctor !== undefined ? words.meetDoctor(visit.doctor.name) : words.stations[step.kind];
          const place = [step.room.name, step.room.way].filter((one) => one !== undefined).join(', ');
          return (
            <Step key={`${step.kind}/${step.room.id}/${String(index)}`} kind={isDone ? 'done' : index === now ? 'now' : 'later'} mark={isDone ? <Icon name="check" size={20} /> : index + 2}
              title={title} place={place} end={isDone && step.endedAt !== undefined ? words.doneAt(timeOf(step.endedAt)) : undefined} />
          );
        })}
      </ol>
    </>
  );
}

function Step({ kind, mark, title, place, end }: { kind: 'done' | 'now' | 'later'; mark: React.ReactNode; title: string; place?: string; end?: string | undefined }) {
  return (
    <li className={kind} {...(kind === 'now' && { 'aria-current': 'step' as const })}>
      <span className="dot" aria-hidden={kind === 'done'}>{mark}</span><span><b>{title}</b>{place !== undefined && <small>{place}</small>}</span>{end !== undefined && <em>{end}</em>}
    </li>
  );
}
