// The reception desk: scan, look, Enter. On the left the person at the desk, on the right everybody of the day.
import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DeskRow } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { DeskList, rowsInOrder } from '../../../modules/booking/desk/DeskList.tsx';
import { useDeskDay, type DeskCounts } from '../../../modules/booking/desk/day.ts';
import { strings as listStrings } from '../../../modules/booking/desk/strings.ts';
import { DeskPane } from './desk/DeskPane.tsx';
import { paneOfRow, type Pane } from './desk/desk-state.ts';
import { strings } from './desk/strings.ts';
import { useUnhurriedKeys } from './desk/unhurried-keys.ts';
import './desk/desk.css';

const groups = ['now', 'expected', 'here', 'done', 'gone'] as const;

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
  const [params, setParams] = useSearchParams();
  const group = groups.find((one) => one === params.get('show')) ?? 'now';
  const typed = params.get('q') ?? '';
  const { asked, live } = useDeskDay(group, useDeferredValue(typed.trim()));
  // One change of the address at a time: of two in one click the router keeps the second alone.
  const set = (change: { readonly show?: string; readonly q?: string }) => setParams((before) => {
    for (const [name, value] of Object.entries(change)) {
      if (value === '') before.delete(name);
      else before.set(name, value);
    }
    return before;
  }, { replace: true });
  const rows = asked.data?.rows ?? [];
  const counts = asked.data?.counts;
  const move = (step: number) => {
    const order = rowsInOrder(rows, now);
    const next = order[Math.max(0, Math.min(order.length - 1, order.findIndex(({ key }) => key === chosen) + step))];
    if (next !== undefined) choose(next);
  };
  useUnhurriedKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <>
      <div className="desk-day-head"><h2>{words.day}</h2><span className={`desk-live ${live}`} role="status">{words.live[live]}</span>
        <div className="segments">{groups.map((one) => <button key={one} type="button" aria-pressed={typed === '' && group === one} onClick={() => set({ show: one === 'now' ? '' : one, q: '' })}>{words.groups[one]} {counts?.[one]}</button>)}</div></div>
      {counts !== undefined && <Figures counts={counts} />}
      <label className="desk-filter"><Icon name="search" /><span className="vh">{words.filter}</span><input type="search" value={typed} placeholder={words.filter} onChange={(event) => set({ q: event.currentTarget.value })} /></label>
      <Answer asked={asked} bones={<Bones rows={12} height={20} gap={16} />}>{() => (rows.length === 0 ? <Empty title={words.empty}>{words.emptyHint}</Empty> : <DeskList rows={rows} now={now} chosen={chosen} choose={choose} />)}</Answer>
      {asked.data?.more === true && <p className="c2">{words.more(rows.length)}</p>}
    </>
  );
}

function Figures({ counts }: { counts: DeskCounts }) {
  const words = useStrings(listStrings);
  return <dl className="desk-figures">{(['all', 'expected', 'here', 'done'] as const).map((name) => <div key={name}><dt>{words.figures[name]}</dt><dd>{counts[name]}</dd></div>)}</dl>;
}

function Hints() {
  const { keys } = useStrings(strings);
  return <footer className="hints" aria-hidden="true"><span><kbd>F2</kbd>{keys.scan}</span><span><kbd>J</kbd><kbd>K</kbd>{keys.move}</span><span><kbd>↵</kbd>{keys.act}</span><span><kbd>N</kbd>{keys.create}</span><span><kbd>S</kbd>{keys.number}</span><span><kbd>W</kbd>{keys.room}</span><span><kbd>M</kbd>{keys.change}</span><span><kbd>P</kbd>{keys.reprint}</span><span><kbd>Esc</kbd>{keys.close}</span></footer>;
}
