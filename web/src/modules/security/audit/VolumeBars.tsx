// How much was done, hour by hour or day by day: what was refused or failed stands on top.
import type { AuditBar } from '@sen/contracts';
import { formatDateTime, formatDayMonth } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useVolume, type Filters } from './requests.ts';
import { strings } from './strings.ts';

const hourMs = 3_600_000;
const height = 44;

export function VolumeBars({ filters }: { filters: Filters }) {
  const words = useStrings(strings);
  const per = filters.from === undefined && filters.to === undefined ? 'hour' : 'day';
  const { data } = useVolume(filters, per);
  const bars = data === undefined ? [] : whole(data.bars, per);
  const sum = (read: (bar: AuditBar) => number) => bars.reduce((total, bar) => total + read(bar), 0);
  const title = per === 'hour' ? words.volumeHour : words.volumeDay;
  return (
    <figure className="audit-volume">
      <figcaption>{title}<b>{words.volumeText(sum(totalOf), sum((bar) => bar.refused + bar.failed))}</b></figcaption>
      <Drawing bars={bars} per={per} title={title} />
    </figure>
  );
}

function Drawing({ bars, per, title }: { bars: readonly AuditBar[]; per: 'hour' | 'day'; title: string }) {
  const { language } = useLanguage();
  const most = Math.max(1, ...bars.map(totalOf));
  const width = 100 / Math.max(1, bars.length);
  const y = (count: number) => (count * height) / most;
  return (
    <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" height={height} role="img" aria-label={title}>
      {bars.map((bar, at) => (
        <g key={bar.at}>
          <title>{`${per === 'hour' ? formatDateTime(bar.at, language) : formatDayMonth(bar.at, language)}: ${totalOf(bar)}`}</title>
          <rect x={at * width} width={width * 0.8} y={height - y(totalOf(bar))} height={y(totalOf(bar))} fill="var(--sen-info)" opacity=".55" />
          <rect x={at * width} width={width * 0.8} y={height - y(totalOf(bar))} height={y(bar.refused + bar.failed)} fill="var(--sen-danger)" />
        </g>
      ))}
    </svg>
  );
}

const totalOf = ({ done, refused, failed }: AuditBar): number => done + refused + failed;

/** Hours and days in which nothing happened are drawn too: silence is a fact. */
function whole(bars: readonly AuditBar[], per: 'hour' | 'day'): AuditBar[] {
  const step = per === 'hour' ? hourMs : 24 * hourMs;
  const known = new Map(bars.map((bar) => [Date.parse(bar.at), bar]));
  const end = per === 'hour' ? Math.floor(Date.now() / hourMs) * hourMs : Math.max(0, ...known.keys());
  const start = per === 'hour' ? end - 47 * hourMs : Math.min(end, ...known.keys());
  const all: AuditBar[] = [];
  for (let at = start; at <= end && all.length < 400; at += step) all.push(known.get(at) ?? { at: new Date(at).toISOString(), done: 0, refused: 0, failed: 0 });
  return all;
}
