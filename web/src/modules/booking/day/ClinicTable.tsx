// Waiting by clinic: bars are grey unless the clinic is more than 15 minutes late.
import type { ResponseOf } from '@sen/contracts';
import type * as contracts from '@sen/contracts';
import { Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts } from '../../../lib/format.ts';
import { useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

type Clinic = ResponseOf<typeof contracts.readDayBoard>['clinics'][number];

export function ClinicTable({ clinics }: { clinics: readonly Clinic[] }) {
  const words = useStrings(strings);
  const most = Math.max(1, ...clinics.map(({ waiting }) => waiting));
  if (clinics.length === 0) return <Empty title={words.noClinics} />;
  return (
    <div className="clinics-scroll" role="region" aria-label={words.clinics} tabIndex={0}>
      <table className="clinics">
        <thead><tr><th scope="col">{words.columns.clinic}</th><th scope="col">{words.columns.waiting}</th><th scope="col" className="num">{words.columns.longest}</th><th scope="col" className="num">{words.columns.seen}</th><th scope="col" className="num">{words.columns.left}</th><th scope="col">{words.columns.lag}</th></tr></thead>
        <tbody>
          {clinics.toSorted((a, b) => b.waiting - a.waiting).map(({ from, until, room, specialty, doctor, waiting, longestWaitMinutes, seen, seatsLeft, lateMinutes, state }) => (
            <tr key={`${room.id} ${from} ${doctor?.id ?? ''}`} className={lateMinutes > 15 ? 'late' : undefined}>
              <th scope="row" title={`${specialty.name}, ${doctor?.name ?? ''}`}>{room.name} <span className="c3">{dateParts(from)?.time}–{dateParts(until)?.time}</span> <span className="c2">{specialty.name}{doctor === undefined ? '' : `, ${doctor.name}`}</span></th>
              <td><svg width="80" height="14" aria-hidden="true"><rect className="bar" width={(80 * waiting) / most} height="14" rx="2" /></svg><b className="b">{waiting}</b></td>
              <td className={longestWaitMinutes > 30 ? 'num c-warn m' : 'num'}>{longestWaitMinutes} {words.minutes}</td><td className="num">{seen}</td><td className="num">{seatsLeft}</td>
              <td><Lag state={state} lateMinutes={lateMinutes} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lag({ state, lateMinutes }: { state: Clinic['state']; lateMinutes: number }) {
  const words = useStrings(strings);
  if (state !== 'open') return <span className="c2">{words.states[state]}</span>;
  return lateMinutes >= 5 ? <span className="c-warn m"><Icon name="warning" size={14} />{words.behind(lateMinutes)}</span> : <span className="c-ok"><Icon name="check" size={14} />{words.onSchedule}</span>;
}
