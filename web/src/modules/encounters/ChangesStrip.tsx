// What became known since this reader last looked at the chart.
import type { ChartChange } from '@sen/contracts';
import { isOut, markClass, Out } from '../../kit/Out.tsx';
import { useMinute } from '../../lib/clock.ts';
import { formatDateTime, formatShort, formatValue } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useLook } from './requests.ts';
import { strings } from './strings.ts';

/** Nothing at the first look, and nothing when the server cannot tell: the chart is whole without it. */
export function ChangesStrip({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { data } = useLook(patientId);
  if (data?.since === undefined) return null;
  const since = formatDateTime(data.since, language);
  if (data.changes.length === 0) return <p className="no-changes c3">{words.noChanges(since)}</p>;
  return (
    <section aria-labelledby="changes">
      <div className="head block-head">
        <h2 id="changes">{words.changes}</h2><span className="c3">{since}</span>
        {data.more > 0 && <span className="end">{words.moreChanges(data.more, data.counted)}</span>}
      </div>
      <ul className="changes">{data.changes.map((change, at) => <Change key={at} change={change} />)}</ul>
    </section>
  );
}

function Change({ change }: { change: ChartChange }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  const title = change.value === undefined ? change.title : `${change.title} ${formatValue(change.value, language)}`;
  const facts = [words.changeKinds[change.kind], change.line, change.unit, change.when === undefined ? undefined : formatShort(change.when, now, language)].filter((fact) => fact !== undefined);
  return (
    <li>
      <b className={isOut(change.mark) ? `el ${markClass(change.mark)}` : 'el'} title={title}>{title}<Out mark={change.mark} /></b>
      <span className="c2 el" title={facts.join(', ')}>{facts.join(', ')}</span>
    </li>
  );
}
