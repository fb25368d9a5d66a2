// Who is here now, and whose chart I opened last.
import type { PresentVisit } from '@sen/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { formatSexAge, formatShort, glued } from '../../../lib/format.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { usePresentVisits, useRecentCharts } from '../../../modules/encounters/requests.ts';
import { PersonLine } from '../../../modules/identity/PersonLine.tsx';
import { strings } from '../strings.ts';

export function Component() {
  const words = useStrings(strings);
  const { hash } = useLocation();
  usePageTitle(words.home);
  useEffect(() => {
    if (hash === '#recent') document.getElementById('recent')?.focus();
  }, [hash]);
  return (
    <div className="home">
      <section className="home-list" aria-labelledby="present"><Present /></section>
      <section className="home-recent" id="recent" tabIndex={-1} aria-labelledby="recent-title"><Recent /></section>
      <footer className="hints" aria-hidden="true">
        <span><kbd>Ctrl K</kbd>{words.hintFind}</span><span><kbd>J</kbd><kbd>K</kbd>{words.hintMove}</span><span><kbd>↵</kbd>{words.hintOpen}</span>
      </footer>
    </div>
  );
}

function Present() {
  const words = useStrings(strings);
  const visits = usePresentVisits();
  return (
    <>
      <div className="page-head"><h1 id="present">{words.present}</h1>{visits.data !== undefined && <span className="c3">{words.countPresent(visits.data.pages.flatMap((page) => page.visits).length, visits.hasNextPage)}</span>}</div>
      <Answer asked={visits} bones={<div className="tiles-bones"><Bones rows={12} height={16} gap={16} /></div>}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.visits);
          return rows.length === 0 ? <Empty title={words.noPresent}>{words.noPresentHint}</Empty> : <Visits rows={rows} visits={visits} />;
        }}
      </Answer>
    </>
  );
}

const rowHeight = 34;

function Visits({ rows, visits }: { rows: readonly PresentVisit[]; visits: ReturnType<typeof usePresentVisits> }) {
  const words = useStrings(strings);
  const navigate = useNavigate();
  const scroll = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 10 });
  const shown = virtual.getVirtualItems();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = visits;
  const nearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 6;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    setAt(next);
    virtual.scrollToIndex(next);
  };
  useKeys({ j: () => move(1), k: () => move(-1), enter: () => { const row = rows[at]; if (row !== undefined) void navigate(`/patients/${row.patientId}/summary`); } });
  return (
    <>
      <div className="visit-head c3" aria-hidden="true"><span>{words.columns.name}</span><span>{words.columns.kind}</span><span>{words.columns.place}</span><span>{words.columns.reason}</span><span className="num">{words.columns.since}</span></div>
      <div className="visit-rows" ref={scroll}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {shown.map((item) => (
            <li key={item.key} className="virtual-row" style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}><VisitRow visit={rows[item.index] as PresentVisit} selected={item.index === at} /></li>
          ))}
        </ul>
      </div>
    </>
  );
}

const settingIcons: Readonly<Record<PresentVisit['setting'], IconName>> = { visit: 'stethoscope', stay: 'bed', emergency: 'siren', home: 'home', remote: 'phone' };

function VisitRow({ visit, selected }: { visit: PresentVisit; selected: boolean }) {
  const { language } = useLanguage();
  const now = useMinute();
  return (
    <Link className={selected ? 'visit-row selected' : 'visit-row'} to={`/patients/${visit.patientId}/summary`}>
      <span className="visit-name"><b className="el" title={visit.name}>{visit.name}</b> <span className="c3 nw">{formatSexAge(visit.sex, visit.age, language)}</span></span>
      <span className="visit-kind" title={visit.kind}><Icon name={settingIcons[visit.setting]} size={15} /><span className="el">{visit.kind}</span></span>
      <span className="el c2" title={visit.place}>{visit.place === undefined ? '' : glued(visit.place)}</span>
      <span className="el" title={visit.reason}>{visit.reason}</span>
      <time className="num c2" dateTime={visit.since}>{visit.since === undefined ? '' : formatShort(visit.since, now, language)}</time>
    </Link>
  );
}

function Recent() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  const recent = useRecentCharts();
  return (
    <>
      <div className="page-head"><h2 id="recent-title">{words.recent}</h2></div>
      <Answer asked={recent} bones={<div className="tiles-bones"><Bones rows={8} height={20} gap={16} /></div>}>
        {({ charts }) => charts.length === 0 ? <Empty title={words.noRecent}>{words.noRecentHint}</Empty> : (
          <ul>
            {charts.map((chart) => (
              <li key={chart.id}>
                <Link className="recent-row" to={`/patients/${chart.id}/summary`}>
                  <span className="recent-person"><PersonLine person={chart} /></span>
                  <time className="c3 nw" dateTime={chart.seen}>{formatShort(chart.seen, now, language)}</time>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </>
  );
}
