// The reception desk: scan, look, Enter. On the left the person at the desk, on the right everybody of the day.
import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DeskRow } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { plain } from '../../../lib/plain.ts';
import { DeskList, rowsInOrder } from '../../../modules/booking/desk/DeskList.tsx';
import { sectionOf } from '../../../modules/booking/desk/desk-sections.ts';
import { useDeskDay } from '../../../modules/booking/desk/day.ts';
import { strings as listStrings } from '../../../modules/booking/desk/strings.ts';
import { DeskPane } from './desk/DeskPane.tsx';
import { paneOfRow, type Pane } from './desk/desk-state.ts';
import { strings } from './desk/strings.ts';
import { useUnhurriedKeys } from './desk/unhurried-keys.ts';
import './desk/desk.css';

const groups = ['all', 'due', 'here', 'over'] as const;
type Group = (typeof groups)[number];

export function Component() {
  const words = useStrings(listStrings);
  const [pane, setPane] = useState<Pane>({ kind: 'idle' });
  usePageTitle(words.title);
  const subject = 'subject' in pane ? pane.subject : undefined;
  return (
    <div className="desk">
      <h1 className="vh">{words.title}</h1>
      <div className="desk-person"><DeskPane pane={pane} show={setPane} /></div>
      <section className="desk-day" aria-label={words.day}><Day chosen={subject?.row?.key} choose={(row) => setPane(paneOfRow(row))} /></section>
      <Hints />
    </div>
  );
}

function Day({ chosen, choose }: { chosen: string | undefined; choose: (row: DeskRow) => void }) {
  const words = useStrings(listStrings);
  const now = useMinute();
  const { asked, live } = useDeskDay();
  const [params, setParams] = useSearchParams();
  const group = groups.find((one) => one === params.get('show')) ?? 'all';
  const typed = params.get('q') ?? '';
  const set = (name: string, value: string) => setParams((before) => { if (value === '') before.delete(name); else before.set(name, value); return before; }, { replace: true });
  const all = asked.data?.rows ?? [];
  const rows = useFiltered(all, group, useDeferredValue(typed), now);
  const move = (step: number) => {
    const order = rowsInOrder(rows, now);
    const next = order[Math.max(0, Math.min(order.length - 1, order.findIndex(({ key }) => key === chosen) + step))];
    if (next !== undefined) choose(next);
  };
  useUnhurriedKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <>
      <div className="desk-day-head"><h2>{words.day}</h2><span className={`desk-live ${live}`} role="status">{words.live[live]}</span>
        <div className="segments">{groups.map((one) => <button key={one} type="button" aria-pressed={group === one} onClick={() => set('show', one === 'all' ? '' : one)}>{words.groups[one]}{one !== 'all' && <> {all.filter((row) => isIn(row, one, now)).length}</>}</button>)}</div></div>
      <Figures rows={all} now={now} />
      <label className="desk-filter"><Icon name="search" /><span className="vh">{words.filter}</span><input type="search" value={typed} placeholder={words.filter} onChange={(event) => set('q', event.currentTarget.value)} /></label>
      <Answer asked={asked} bones={<Bones rows={12} height={20} gap={16} />}>{() => (rows.length === 0 ? <Empty title={words.empty}>{words.emptyHint}</Empty> : <DeskList rows={rows} now={now} chosen={chosen} choose={choose} />)}</Answer>
    </>
  );
}

function isIn(row: DeskRow, group: Group, now: number): boolean {
  const section = sectionOf(row, now);
  if (group === 'due') return section === 'late' || section === 'soon' || section === 'later';
  return group === 'all' || section === group;
}

function useFiltered(rows: readonly DeskRow[], group: Group, typed: string, now: number): readonly DeskRow[] {
  const question = plain(typed.trim());
  if (group === 'all' && question === '') return rows;
  return rows.filter((row) => isIn(row, group, now) && (question === '' || plain(`${row.name} ${row.hospitalNumber ?? ''} ${row.room.name} ${row.ticket ?? ''}`).includes(question)));
}

function Figures({ rows, now }: { rows: readonly DeskRow[]; now: number }) {
  const words = useStrings(listStrings);
  const waits = rows.filter(({ state, arrivedAt }) => state === 'waiting' && arrivedAt !== undefined).map(({ arrivedAt }) => Math.floor((now - Date.parse(arrivedAt ?? '')) / 60_000)).sort((one, other) => one - other);
  const median = waits[Math.floor(waits.length / 2)];
  const figures = [
    [String(rows.filter(({ start, state }) => start !== undefined && state !== 'cancelled').length), words.figures.booked],
    [String(rows.filter((row) => isIn(row, 'here', now)).length), words.figures.here],
    [String(rows.filter(({ state }) => state === 'late').length), words.figures.late],
    [median === undefined ? '–' : words.minutes(Math.max(0, median)), words.figures.wait],
  ] as const;
  return <dl className="desk-figures">{figures.map(([value, name]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function Hints() {
  const { keys } = useStrings(strings);
  return <footer className="hints" aria-hidden="true"><span><kbd>F2</kbd>{keys.scan}</span><span><kbd>J</kbd><kbd>K</kbd>{keys.move}</span><span><kbd>↵</kbd>{keys.act}</span><span><kbd>N</kbd>{keys.create}</span><span><kbd>W</kbd>{keys.room}</span><span><kbd>M</kbd>{keys.change}</span><span><kbd>P</kbd>{keys.reprint}</span><span><kbd>Esc</kbd>{keys.close}</span></footer>;
}
