// Two patients open are two tabs that cannot be confused: letter, whole name, sex and age.
import { Link, useMatch, useNavigate } from 'react-router';
import { Icon } from '../../kit/icons.tsx';
import { formatSexAge, initialOf } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useBanner } from '../../modules/encounters/requests.ts';
import { useOpenPatients } from './open-patients.tsx';
import { strings } from './strings.ts';

export function ChartTabs() {
  const words = useStrings(strings);
  const { ids } = useOpenPatients();
  if (ids.length === 0) return null;
  return <nav className="chart-tabs" aria-label={words.openCharts}>{ids.map((id) => <ChartTab key={id} patientId={id} />)}</nav>;
}

function ChartTab({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { data } = useBanner(patientId);
  const current = useMatch('/patients/:patientId/*')?.params.patientId === patientId;
  const close = useCloseChart();
  const name = data?.name ?? '…';
  return (
    <span className={current ? 'chart-tab current' : 'chart-tab'}>
      <Link to={`/patients/${patientId}/summary`} aria-current={current ? 'page' : undefined} title={name}>
        <span className="tab-letter" aria-hidden="true">{initialOf(name)}</span>
        <b className="el">{name}</b>
        {data !== undefined && <span className="c3 nw">{formatSexAge(data.sex, data.age, language)}</span>}
      </Link>
      <button type="button" className="tab-close" aria-label={words.closeChart(name)} onClick={() => close(patientId)}><Icon name="close" size={14} /></button>
    </span>
  );
}

/** Closes a tab; from the chart in view one goes to its neighbour, or home when it was the last. */
export function useCloseChart(): (patientId: string) => void {
  const { ids, close } = useOpenPatients();
  const navigate = useNavigate();
  const current = useMatch('/patients/:patientId/*')?.params.patientId;
  return (patientId) => {
    const at = ids.indexOf(patientId);
    const neighbour = ids[at + 1] ?? ids[at - 1];
    if (patientId === current) void navigate(neighbour === undefined ? '/' : `/patients/${neighbour}/summary`);
    close(patientId);
  };
}
