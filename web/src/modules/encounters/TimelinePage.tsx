// The whole story, newest first: rows are drawn as they come into sight, pages are asked for as the end comes near.
import type { TimelineEvent } from '@sen/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { Answer, Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { dateParts } from '../../lib/format.ts';
import { useStrings } from '../../lib/language.tsx';
import { useTimeline } from './requests.ts';
import { strings } from './strings.ts';
import { TimelineRow } from './TimelineRow.tsx';

const pageSize = 40;
const rowHeight = 32;

type Row = { readonly year: string } | { readonly event: TimelineEvent } | { readonly end: true };

export function Component() {
  const { patientId = '' } = useParams();
  const words = useStrings(strings);
  const timeline = useTimeline(patientId, pageSize);
  return (
    <Answer asked={timeline} bones={<div className="chart-scroll"><div className="card tiles-bones"><Bones rows={14} height={16} gap={14} /></div></div>}>
      {({ pages }) => {
        const rows = rowsOf(pages.flatMap((page) => page.events), words.undated);
        if (rows.length === 1) return <div className="chart-scroll"><div className="card"><Empty title={words.noEvents} /></div></div>;
        return <Rows patientId={patientId} rows={rows} timeline={timeline} />;
      }}
    </Answer>
  );
}

function rowsOf(events: readonly TimelineEvent[], undated: string): Row[] {
  const rows: Row[] = [];
  let year: string | undefined;
  for (const event of events) {
    const own = (event.when === undefined ? undefined : dateParts(event.when)?.year) ?? undated;
    if (own !== year) rows.push({ year: own });
    year = own;
    rows.push({ event });
  }
  return [...rows, { end: true }];
}

function Rows({ patientId, rows, timeline }: { patientId: string; rows: readonly Row[]; timeline: ReturnType<typeof useTimeline> }) {
  const words = useStrings(strings);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12 });
  const shown = virtual.getVirtualItems();
  const nearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 5;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError, error } = timeline;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  return (
    <div className="chart-scroll" ref={scroll} tabIndex={0} role="region" aria-label={words.timeline}>
      {isFetchNextPageError && error !== null && <Failed error={error} retry={() => void fetchNextPage()} />}
      <div className="card events whole-dates" role="list" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map((item) => {
          const row = rows[item.index] as Row;
          return (
            <div key={item.key} role="listitem" className="virtual-row" style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}>
              {'year' in row && <h2 className="year-row">{row.year}</h2>}
              {'event' in row && <TimelineRow patientId={patientId} event={row.event} wholeDate />}
              {'end' in row && <p className="year-row c3">{hasNextPage ? words.readingOlder : words.allShown}</p>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
