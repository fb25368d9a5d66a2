// The auditor's page: every entry, and accesses worth a question.
import { useSearchParams } from 'react-router';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import './audit.css';
import { EntryFilters } from './EntryFilters.tsx';
import { EntryTable } from './EntryTable.tsx';
import type { Filters } from './requests.ts';
import { strings } from './strings.ts';
import { UnusualList } from './UnusualList.tsx';
import { VolumeBars } from './VolumeBars.tsx';

const names = ['from', 'to', 'who', 'patient', 'action', 'outcome', 'door', 'address', 'request'] as const;

export function Component() {
  const words = useStrings(strings);
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') === 'unusual' ? 'unusual' : 'entries';
  const filters = Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name) as string]] : []))) as Filters;
  usePageTitle(words.title);
  const show = (next: Filters) => setSearch({ ...next });
  return (
    <div className="audit">
      <header className="audit-head">
        <h1>{words.title}</h1>
        <div className="segments" role="group" aria-label={words.title}>
          <button type="button" aria-pressed={view === 'entries'} onClick={() => setSearch({})}>{words.entries}</button>
          <button type="button" aria-pressed={view === 'unusual'} onClick={() => setSearch({ view: 'unusual' })}>{words.unusual}</button>
        </div>
      </header>
      {view === 'unusual' ? <UnusualList days={Number(search.get('days')) || 7} setDays={(days) => setSearch({ view: 'unusual', days: String(days) })} see={show} /> : (
        <>
          <EntryFilters key={JSON.stringify(filters)} filters={filters} show={show} />
          <VolumeBars filters={filters} />
          <EntryTable filters={filters} />
        </>
      )}
    </div>
  );
}
