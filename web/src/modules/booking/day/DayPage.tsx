// The hospital today on one page: who waits where, who was seen on time, what the next hours bring, and the one thing to decide.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts, formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useLive } from '../../../lib/live.ts';
import { usePageTitle } from '../../../lib/page-title.ts';
import { ClinicTable } from './ClinicTable.tsx';
import { DayFigures } from './DayFigures.tsx';
import { ArrivalsChart, OnTimeChart } from './HourCharts.tsx';
import { useDayBoard, type DayBoard } from './requests.ts';
import { mostBehind } from './share.ts';
import { strings } from './strings.ts';
import './day.css';

export function Component() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const queries = useQueryClient();
  const date = params.get('date');
  const asked = useDayBoard(date);
  usePageTitle(words.title);
  const facility = date === null ? asked.data?.facility : undefined;
  const live = useLive(facility === undefined || facility === '' ? [] : [`day/${facility}`], () => void queries.invalidateQueries({ queryKey: ['day-board'] }));
  const set = (name: string, value: string) => setParams((before) => {
    if (value === '') before.delete(name); else before.set(name, value);
    return before;
  }, { replace: true });
  return (
    <div className="day-page">
      <div className="page-head">
        <h1>{date === null ? words.title : words.titleOf(formatDate(date, language))}</h1>
        <LiveWord state={date === null ? live : undefined} at={asked.data?.at} />
        <span className="end">
          <select aria-label={words.specialty} value={params.get('specialty') ?? ''} onChange={(event) => set('specialty', event.currentTarget.value)}>
            <option value="">{words.allSpecialties}</option>{[...new Map(asked.data?.clinics.map(({ specialty }) => [specialty.id, specialty.name]))].map(([id, name]) => <option key={id} value={id}>{name}</option>)}
          </select>
          <input type="date" aria-label={words.date} value={date ?? asked.data?.date ?? ''} onChange={(event) => set('date', event.currentTarget.value)} />
          <button type="button" className="btn" onClick={() => print()}>{words.print}</button>
        </span>
      </div>
      <Answer asked={asked} bones={<Bones rows={10} />}>{(board) => <Day board={board} specialty={params.get('specialty')} />}</Answer>
    </div>
  );
}

function LiveWord({ state, at }: { state: 'live' | 'reconnecting' | 'offline' | undefined; at: string | undefined }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  if (state === undefined) return <span className="c3">{words.notLive}</span>;
  const said = { vi: { live: 'Trực tiếp', reconnecting: 'Đang nối lại…', offline: 'Mất kết nối' }, en: { live: 'Live', reconnecting: 'Reconnecting…', offline: 'No connection' } }[language][state];
  return <span role="status" className={state === 'live' ? 'c-ok m' : 'c-warn m'}>{said}{at !== undefined && <span className="c3"> {dateParts(at)?.time}</span>}</span>;
}

function Day({ board, specialty }: { board: DayBoard; specialty: string | null }) {
  const words = useStrings(strings);
  const clinics = board.clinics.filter((clinic) => specialty === null || clinic.specialty.id === specialty);
  return (
    <>
      <DayFigures board={board} />
      <Decision board={board} />
      <div className="day-parts">
        <section className="card"><div className="head"><h2>{words.clinics}</h2><span className="end">{words.sorted(clinics.reduce((sum, { waiting }) => sum + waiting, 0))}</span></div><ClinicTable clinics={clinics} /></section>
        <div>
          <section className="card"><div className="head"><h2>{words.byHour}</h2></div><OnTimeChart board={board} /></section>
          <section className="card"><div className="head"><h2>{words.arrivalsByHour}</h2></div><ArrivalsChart board={board} /></section>
        </div>
      </div>
    </>
  );
}

/** One decision at most, and only one that Sen can carry out: the room whose delay costs most, with its new times to send. */
function Decision({ board }: { board: DayBoard }) {
  const words = useStrings(strings);
  const worst = mostBehind(board.clinics);
  if (worst === undefined) return null;
  const over = board.hours.find(({ forecast, capacity }) => forecast !== undefined && capacity > 0 && forecast.likely > capacity);
  return (
    <div className="decision" role="note">
      <Icon name="warning" size={20} />
      <p><b>{words.decision(dateParts(board.at)?.time ?? '', worst.room.name, worst.lateMinutes)}</b>{words.decisionWhy(worst.waiting, worst.seatsLeft)} {over?.forecast !== undefined && words.overHour(dateParts(over.from)?.time ?? '', over.forecast.likely, over.capacity)}</p>
      <Link className="btn primary" to={`/rooms/${worst.room.id}`}>{words.decisionAct}</Link>
    </div>
  );
}
