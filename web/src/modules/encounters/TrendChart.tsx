// One test over time, drawn large: normal band, axes in round numbers, a shape as well as a colour for what is out of range.
import type { ResultPoint, ResultSeries } from '@sen/contracts';
import { useElementSize } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { isOut, Out } from '../../kit/Out.tsx';
import { bandEdges, decimalTicks, roundTicks, scaleOf, timeTicks } from '../../kit/scale.ts';
import { markColour } from '../../kit/Spark.tsx';
import { formatBand, formatDate, formatDateTime, formatNumber, formatValue } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

const height = 236;
const edge = { left: 46, right: 14, top: 10, bottom: 24 };

export function TrendChart({ series }: { series: ResultSeries }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { ref, width } = useElementSize();
  const points = series.points.filter((point) => point.number !== undefined && point.when !== undefined && point.unit === series.unit);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const at = Math.min(chosen ?? points.length - 1, points.length - 1);
  const point = points[at];
  if (point === undefined) return null;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen(Math.max(0, Math.min(points.length - 1, at + step)));
  };
  const reading = `${formatDateTime(point.when ?? '', language)}: ${formatValue(point.value, language)} ${series.unit ?? ''}`;
  return (
    <figure className="trend">
      <figcaption aria-live="polite">
        <b>{formatValue(point.value, language)}</b> <span className="c3">{series.unit}</span> <Out mark={point.mark} word /> <span className="c2">{formatDateTime(point.when ?? '', language)}</span>
      </figcaption>
      <div ref={ref} className="trend-plot" role="slider" tabIndex={0} aria-label={`${words.trendOf(series.name)}. ${words.trendKeys}`}
        aria-valuemin={1} aria-valuemax={points.length} aria-valuenow={at + 1} aria-valuetext={reading} onKeyDown={move}>
        {width > 0 && <Plot series={series} points={points} at={at} width={width} choose={setChosen} bandText={formatBand(series.band, language)} />}
      </div>
    </figure>
  );
}

interface PlotProps {
  series: ResultSeries;
  points: readonly ResultPoint[];
  at: number;
  width: number;
  choose: (at: number) => void;
  bandText: string | undefined;
}

function Plot({ series, points, at, width, choose }: PlotProps) {
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const scale = scaleOf(points, [series.band, series.secondBand], inner.height);
  const times = points.map((point) => Date.parse(point.when ?? ''));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const x = (time: number) => edge.left + (last === first ? inner.width / 2 : ((time - first) / (last - first)) * inner.width);
  const y = (value: number) => edge.top + scale.y(value);
  const nearest = (event: PointerEvent<SVGSVGElement>) => {
    const from = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const distances = times.map((time) => Math.abs(x(time) - from));
    choose(distances.indexOf(Math.min(...distances)));
  };
  const line = (read: (point: ResultPoint) => number | undefined) => points.map((point, index) => `${x(times[index] ?? first).toFixed(1)},${y(read(point) ?? 0).toFixed(1)}`).join(' ');
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" onPointerMove={nearest} onPointerDown={nearest}>
      <NormalBand band={series.band} scale={scale} y={y} width={inner.width} />
      <Axes scale={scale} y={y} x={x} first={first} last={last} width={inner.width} />
      <path d={`M${x(times[at] ?? first)} ${edge.top}V${height - edge.bottom}`} stroke="var(--sen-line-strong)" strokeWidth="1" />
      {points.every((point) => point.second !== undefined) && <polyline points={line((point) => point.second)} fill="none" stroke="var(--sen-ink-3)" strokeWidth="1.5" strokeLinejoin="round" />}
      <polyline points={line((point) => point.number)} fill="none" stroke="var(--sen-ink-2)" strokeWidth="1.75" strokeLinejoin="round" />
      {points.map((point, index) => <Dot key={point.id} point={point} x={x(times[index] ?? first)} y={y(point.number ?? 0)} large={index === at} />)}
    </svg>
  );
}

function NormalBand({ band, scale, y, width }: { band: ResultSeries['band']; scale: ReturnType<typeof scaleOf>; y: (value: number) => number; width: number }) {
  const edges = bandEdges(band, scale);
  if (edges === undefined) return null;
  return (
    <g>
      <rect x={edge.left} y={y(edges.top)} width={width} height={Math.max(1, y(edges.bottom) - y(edges.top))} fill="var(--sen-ok-soft)" />
      {edges.lines.map((value) => <path key={value} d={`M${edge.left} ${y(value)}h${width}`} stroke="var(--sen-ok)" strokeDasharray="3 4" opacity=".7" />)}
    </g>
  );
}

interface AxesProps {
  scale: ReturnType<typeof scaleOf>;
  y: (value: number) => number;
  x: (time: number) => number;
  first: number;
  last: number;
  width: number;
}

function Axes({ scale, y, x, first, last, width }: AxesProps) {
  const { language } = useLanguage();
  const ticks = roundTicks(scale.low, scale.high, 5);
  const decimals = decimalTicks(ticks);
  return (
    <g className="trend-axes">
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${edge.left} ${y(tick)}h${width}`} stroke="var(--sen-line)" opacity=".7" />
          <text x={edge.left - 8} y={y(tick) + 4} textAnchor="end">{formatNumber(tick, language, decimals)}</text>
        </g>
      ))}
      {timeTicks(first, last, Math.max(2, Math.floor(width / 96))).map((tick, index, all) => (
        <text key={tick.time} x={x(tick.time)} y={height - 6} textAnchor={all.length === 1 ? 'middle' : index === 0 ? 'start' : index === all.length - 1 ? 'end' : 'middle'}>{formatDate(tick.text, language)}</text>
      ))}
    </g>
  );
}

/** Inside the band a disc, above it a triangle up, below it a triangle down: the shape survives grey print. */
function Dot({ point, x, y, large }: { point: ResultPoint; x: number; y: number; large: boolean }) {
  const size = large ? 5.5 : 3.5;
  const paint = { fill: markColour(point.mark), stroke: 'var(--sen-surface)', strokeWidth: 1.5 };
  if (!isOut(point.mark) || point.mark === 'abnormal') return <circle cx={x} cy={y} r={size} {...paint} />;
  const tip = point.mark === 'high' || point.mark === 'critical-high' ? -1 : 1;
  return <path d={`M${x} ${y + tip * (size + 1.5)}L${x + size + 1} ${y - tip * size}H${x - size - 1}Z`} {...paint} />;
}
