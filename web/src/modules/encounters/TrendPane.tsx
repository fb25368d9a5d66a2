// The chosen test: its trend, then every value in a table.
import type { ResultPoint, ResultSeries } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { Out } from '../../kit/Out.tsx';
import { formatBand, formatDateTime, formatValue } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useTrend } from './requests.ts';
import { strings } from './strings.ts';
import { TrendChart } from './TrendChart.tsx';

export function TrendPane({ patientId, test }: { patientId: string; test: string | undefined }) {
  const words = useStrings(strings);
  const trend = useTrend(patientId, test);
  if (test === undefined) return <section className="pane"><Empty title={words.chooseTest} /></section>;
  return (
    <section className="pane" aria-label={words.trend} aria-busy={trend.isPending}>
      <Answer asked={trend} bones={<Bones rows={10} height={18} />}>
        {({ pages }) => {
          const series = joined(pages.flatMap((page) => page.series ?? []));
          return series === undefined ? <Empty title={words.noResults} /> : <Trend series={series} trend={trend} />;
        }}
      </Answer>
    </section>
  );
}

function joined(parts: readonly ResultSeries[]): ResultSeries | undefined {
  const [first] = parts;
  return first === undefined ? undefined : { ...first, points: [...parts].reverse().flatMap((part) => part.points), count: parts.reduce((sum, part) => sum + part.count, 0) };
}

function Trend({ series, trend }: { series: ResultSeries; trend: ReturnType<typeof useTrend> }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const bands = [formatBand(series.band, language), formatBand(series.secondBand, language)].filter((band) => band !== undefined);
  const numeric = series.points.filter((point) => point.number !== undefined).length;
  return (
    <>
      <header className="pane-head">
        <h2>{series.name}</h2>
        <span className="c3">{bands.length === 0 ? words.noBand : `${words.band} ${bands.join(' / ')} ${series.unit ?? ''}`}</span>
      </header>
      {numeric > 0 && <TrendChart series={series} />}
      <div className="pane-rows" tabIndex={0} role="region" aria-label={words.values}>
        <table className="values">
          <caption className="vh">{words.trendOf(series.name)}</caption>
          <thead><tr><th scope="col">{words.date}</th><th scope="col" className="num">{words.value}</th><th scope="col">{words.unit}</th><th scope="col">{words.mark}</th></tr></thead>
          <tbody>{[...series.points].reverse().map((point) => <ValueRow key={point.id} point={point} />)}</tbody>
        </table>
        {trend.hasNextPage && <button type="button" className="btn small older" disabled={trend.isFetchingNextPage} onClick={() => void trend.fetchNextPage()}>{trend.isFetchingNextPage ? words.readingOlder : words.olderValues}</button>}
      </div>
    </>
  );
}

function ValueRow({ point }: { point: ResultPoint }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  return (
    <tr>
      <td className="nw">{point.when === undefined ? '' : formatDateTime(point.when, language)}</td>
      <td className={point.number === undefined ? 'm' : 'num b'}>{formatValue(point.value, language)}</td>
      <td className="c3">{point.unit}</td>
      <td>{point.mark === 'normal' ? <span className="c3">{words.normal}</span> : <Out mark={point.mark} word />}</td>
    </tr>
  );
}
