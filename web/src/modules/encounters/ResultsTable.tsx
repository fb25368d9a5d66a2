// One row a test: last value, unit, range, judgement, a small trend. Up and down (or J and K) move, rows are drawn as they come into sight.
import type { ResultSeries } from '@sen/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { isOut, markClass, Out } from '../../kit/Out.tsx';
import { Spark } from '../../kit/Spark.tsx';
import { useMinute } from '../../lib/clock.ts';
import { formatBand, formatShort, formatValue } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

const rowHeight = 36;

interface Props {
  rows: readonly ResultSeries[];
  chosen: string | undefined;
  choose: (key: string) => void;
  foot: ReactNode;
}

export function ResultsTable({ rows, chosen, choose, foot }: Props) {
  const words = useStrings(strings);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 10 });
  const at = rows.findIndex((row) => row.key === chosen);
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    const row = rows[next];
    if (row === undefined) return;
    virtual.scrollToIndex(next);
    choose(row.key);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(step);
  };
  return (
    <div className="results-table">
      <div className="results-head c3" aria-hidden="true">
        <span>{words.test}</span><span>{words.value}</span><span>{words.unit}</span><span>{words.band}</span><span>{words.trend}</span><span className="num">{words.date}</span>
      </div>
      <div className="results-rows" ref={scroll} role="listbox" tabIndex={0} aria-label={words.tabs.results} aria-activedescendant={at < 0 ? undefined : `test-${at}`} onKeyDown={press}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const series = rows[item.index] as ResultSeries;
            return <Row key={series.key} id={`test-${item.index}`} series={series} selected={item.index === at} top={item.start} choose={() => choose(series.key)} />;
          })}
        </div>
      </div>
      {foot}
    </div>
  );
}

function Row({ id, series, selected, top, choose }: { id: string; series: ResultSeries; selected: boolean; top: number; choose: () => void }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const now = useMinute();
  const last = series.points.at(-1);
  if (last === undefined) return null;
  const bands = [formatBand(series.band, language), formatBand(series.secondBand, language)].filter((band) => band !== undefined);
  return (
    <div id={id} role="option" aria-selected={selected} className="results-row virtual-row" style={{ height: rowHeight, transform: `translateY(${top}px)` }} onClick={choose}>
      <span className="el" title={series.name}><span className="m">{series.name}</span> <span className="c3 small">{series.count > 1 && words.count(series.count)}</span></span>
      <span className={isOut(last.mark) ? `b el ${markClass(last.mark)}` : 'b el'} title={last.value}>{formatValue(last.value, language)} <Out mark={last.mark} word /></span>
      <span className="c3 el" title={series.unit}>{series.unit}</span>
      <span className="c3 el">{bands.join(' / ')}</span>
      <Spark points={series.points} band={series.band} secondBand={series.secondBand} width={80} height={28} />
      <time className="c3 num" dateTime={last.when}>{last.when === undefined ? '' : formatShort(last.when, now, language)}</time>
    </div>
  );
}
