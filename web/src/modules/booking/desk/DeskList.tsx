// Everybody of the day in parts; only the rows in sight are drawn, and none moves while the pointer or the selection is on the list.
import type { DeskRow } from '@sen/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { dateParts, formatSexAge, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { linesOf, steadyLines, type DeskLine } from './desk-sections.ts';
import { strings } from './strings.ts';

const rowHeight = 36;
const headHeight = 26;

interface Props {
  rows: readonly DeskRow[];
  now: number;
  chosen: string | undefined;
  choose: (row: DeskRow) => void;
}

export function DeskList({ rows, now, chosen, choose }: Props) {
  const words = useStrings(strings);
  const scroll = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState(false);
  const { lines, waiting, settle } = useSteady(rows, now, pointed || chosen !== undefined);
  const virtual = useVirtualizer({
    count: lines.length, getScrollElement: () => scroll.current, overscan: 12,
    estimateSize: (at) => (lines[at]?.kind === 'head' ? headHeight : rowHeight), getItemKey: (at) => keyOf(lines[at]),
  });
  const at = lines.findIndex((line) => line.kind === 'row' && line.row.key === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  return (
    <>
      {waiting > 0 && <p className="desk-waiting" role="status">{words.changesWaiting(waiting)} <button type="button" className="link" onClick={settle}>{words.applyChanges}</button></p>}
      <div className="desk-head c3" aria-hidden="true"><span>{words.columns.time}</span><span>{words.columns.name}</span><span>{words.columns.room}</span><span>{words.columns.state}</span><span className="num">{words.columns.wait}</span></div>
      <div className="desk-rows" ref={scroll} role="listbox" aria-label={words.day} tabIndex={0} aria-activedescendant={at < 0 ? undefined : `desk-${lines.findIndex((line) => line === lines[at])}`}
        onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index] as DeskLine;
            const style = { height: item.size, transform: `translateY(${item.start}px)` };
            if (line.kind === 'head') return <div key={item.key} role="presentation" className="desk-section virtual-row" style={style}><b>{words.sections[line.section]}</b> <span className="c2">{line.count}</span></div>;
            return <Row key={item.key} id={`desk-${item.index}`} row={line.row} now={now} selected={item.index === at} style={style} choose={() => choose(line.row)} />;
          })}
        </div>
      </div>
    </>
  );
}

function keyOf(line: DeskLine | undefined): string {
  if (line === undefined) return '';
  return line.kind === 'head' ? `head ${line.section}` : line.row.key;
}

/** The order as it was when the list was last free to move. */
function useSteady(rows: readonly DeskRow[], now: number, held: boolean) {
  const fresh = useMemo(() => linesOf(rows, now), [rows, now]);
  const [kept, setKept] = useState<readonly DeskLine[]>(fresh);
  const settle = () => setKept(fresh);
  if (!held && kept !== fresh) setKept(fresh);
  const steady = useMemo(() => steadyLines(kept, fresh), [kept, fresh]);
  return held && kept.length > 0 ? { ...steady, settle } : { lines: fresh, waiting: 0, settle };
}

/** The rows in the order of the screen: what J and K walk through. */
export function rowsInOrder(rows: readonly DeskRow[], now: number): readonly DeskRow[] {
  return linesOf(rows, now).flatMap((line) => (line.kind === 'row' ? [line.row] : []));
}

const icons: Readonly<Record<DeskRow['state'], readonly [IconName, string]>> = {
  expected: ['clock', 'c3'], late: ['warning', 'c-warn'], waiting: ['check', 'c-ok'], called: ['check', 'c-info'], inside: ['stethoscope', 'c-ok'], away: ['flask', 'c-info'],
  done: ['check', 'c3'], left: ['out', 'c3'], 'no-show': ['close', 'c3'], cancelled: ['close', 'c3'],
};

function Row({ id, row, now, selected, style, choose }: { id: string; row: DeskRow; now: number; selected: boolean; style: { height: number; transform: string }; choose: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [icon, tone] = icons[row.state];
  const minutes = waitedMinutes(row, now);
  return (
    <div id={id} role="option" aria-selected={selected} className={selected ? 'desk-row virtual-row selected' : 'desk-row virtual-row'} style={style} onClick={choose}>
      <span className="c2">{row.start === undefined ? '–' : dateParts(row.start)?.time}</span>
      <span className="desk-name"><b className="el" title={row.name}>{row.name}</b> <span className="c3 nw">{formatSexAge(row.sex, row.age, language)}</span></span>
      <span className="el" title={row.room.name}>{glued(row.room.name)}</span>
      <span className={`desk-state ${tone}`}><Icon name={icon} size={15} /><span className="el">{words.states[row.state]}{row.ticket === undefined ? '' : `, ${words.ticket(row.ticket)}`}</span>{row.toCall && <span className="pill warn">{words.toCall}</span>}</span>
      <span className="num">{minutes === undefined ? '' : words.minutes(minutes)}</span>
    </div>
  );
}

function waitedMinutes(row: DeskRow, now: number): number | undefined {
  if (row.arrivedAt === undefined || (row.state !== 'waiting' && row.state !== 'called')) return undefined;
  return Math.max(0, Math.floor((now - Date.parse(row.arrivedAt)) / 60_000));
}
