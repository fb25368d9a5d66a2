// Every test in one table; the chosen one as a trend beside it. What is chosen and filtered stands in the address.
import type { ResultSeries } from '@sen/contracts';
import { useParams, useSearchParams } from 'react-router';
import { Answer, Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { useResults } from './requests.ts';
import { filterSeries, joinPages } from './results-table.ts';
import { ResultsTable } from './ResultsTable.tsx';
import { strings } from './strings.ts';
import { TrendPane } from './TrendPane.tsx';

const categories = ['laboratory', 'vital-signs', 'other'] as const;
const pointsShown = 8;

export function Component() {
  const { patientId = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const category = categories.find((one) => one === address.get('category')) ?? 'laboratory';
  const filter = { name: address.get('name') ?? '', onlyOut: address.get('out') === '1' };
  const change = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(address);
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
    if (name === 'category') next.delete('test');
    setAddress(next, { replace: true });
  };
  const results = useResults(patientId, category);
  const all = joinPages(results.data?.pages ?? [], pointsShown);
  const rows = filterSeries(all, filter);
  const chosen = address.get('test') ?? rows.find((row) => row.points.some((point) => point.number !== undefined))?.key ?? rows[0]?.key;
  return (
    <div className="results">
      <section className="results-list">
        <Filters category={category} filter={filter} change={change} />
        <Answer asked={results} bones={<div className="tiles-bones"><Bones rows={14} height={16} gap={14} /></div>}>
          {() => <List all={all} rows={rows} results={results} chosen={chosen} choose={(key) => change('test', key)} clear={() => setAddress({ category }, { replace: true })} />}
        </Answer>
      </section>
      <TrendPane key={chosen} patientId={patientId} test={chosen} />
    </div>
  );
}

interface FiltersProps {
  category: ResultSeries['category'];
  filter: { name: string; onlyOut: boolean };
  change: (name: string, value: string | undefined) => void;
}

function Filters({ category, filter, change }: FiltersProps) {
  const words = useStrings(strings);
  return (
    <div className="filters">
      <div className="segments">
        {categories.map((one) => <button key={one} type="button" aria-pressed={one === category} onClick={() => change('category', one)}>{words.categories[one]}</button>)}
      </div>
      <label className="filter-name"><Icon name="search" size={15} /><span className="vh">{words.filterTests}</span>
        <input type="search" value={filter.name} placeholder={words.filterTests} onChange={(event) => change('name', event.currentTarget.value)} />
      </label>
      <button type="button" className="btn small toggle" aria-pressed={filter.onlyOut} onClick={() => change('out', filter.onlyOut ? undefined : '1')}><Icon name="warning" size={14} />{words.onlyOut}</button>
    </div>
  );
}

interface ListProps {
  all: readonly ResultSeries[];
  rows: readonly ResultSeries[];
  results: ReturnType<typeof useResults>;
  chosen: string | undefined;
  choose: (key: string) => void;
  clear: () => void;
}

function List({ all, rows, results, chosen, choose, clear }: ListProps) {
  const words = useStrings(strings);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError, error } = results;
  const older = hasNextPage && (
    <button type="button" className="btn small older" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{isFetchingNextPage ? words.readingOlder : words.older}</button>
  );
  if (rows.length === 0) {
    return (
      <>
        <Empty title={all.length === 0 ? words.noResults : words.noMatchingTests}>{all.length > 0 && <button type="button" className="link" onClick={clear}>{words.clearFilter}</button>}</Empty>
        {older}
      </>
    );
  }
  return (
    <>
      {isFetchNextPageError && error !== null && <Failed error={error} retry={() => void fetchNextPage()} />}
      <ResultsTable rows={rows} chosen={chosen} choose={choose} foot={older} />
    </>
  );
}
