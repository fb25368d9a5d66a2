// The tests that matter most now: last value large, five values over their normal band.
import type { ResultSeries } from '@sen/contracts';
import { Link } from 'react-router';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { isOut, markClass, Out } from '../../kit/Out.tsx';
import { Spark } from '../../kit/Spark.tsx';
import { useMinute } from '../../lib/clock.ts';
import { formatBand, formatShort, formatValue } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useLatestResults } from './requests.ts';
import { strings } from './strings.ts';

export function ResultTiles({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const latest = useLatestResults(patientId);
  return (
    <section aria-labelledby="latest-results">
      <div className="head block-head">
        <h2 id="latest-results">{words.latest}</h2><span className="c3 el">{words.latestNote}</span>
        <Link className="end link" to={`/patients/${patientId}/results`}>{words.seeAll}</Link>
      </div>
      <Answer asked={latest} bones={<div className="card tiles-bones"><Bones rows={6} height={16} /></div>}>
        {({ series }) => series.length === 0
          ? <div className="card"><Empty title={words.noResults} /></div>
          : <ul className="tiles">{series.map((one) => <Tile key={one.key} patientId={patientId} series={one} />)}</ul>}
      </Answer>
    </section>
  );
}

function Tile({ patientId, series }: { patientId: string; series: ResultSeries }) {
  const { language } = useLanguage();
  const now = useMinute();
  const last = series.points.at(-1);
  if (last === undefined) return null;
  const band = formatBand(series.band, language);
  const second = formatBand(series.secondBand, language);
  return (
    <li>
      <Link className="tile" to={`/patients/${patientId}/results?category=${series.category}&test=${encodeURIComponent(series.key)}`}>
        <span className="tile-head"><span className="el" title={series.name}>{series.name}</span>{last.when !== undefined && <time className="c3 nw" dateTime={last.when}>{formatShort(last.when, now, language)}</time>}</span>
        <span className="tile-value">
          <b className={isOut(last.mark) ? markClass(last.mark) : undefined}>{formatValue(last.value, language)}<Out mark={last.mark} /></b>
          <Spark points={series.points} band={series.band} secondBand={series.secondBand} />
        </span>
        <span className="tile-foot c3"><span className="el">{series.unit}</span><span className="nw">{second === undefined ? band : `${band} / ${second}`}</span></span>
      </Link>
    </li>
  );
}
