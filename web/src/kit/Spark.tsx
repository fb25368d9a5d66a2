// The last values of a test as a small line over its normal band; light fill and dashed edges survive grey print.
import type { Band, Mark, ResultPoint } from '@sen/contracts';
import { bandEdges, scaleOf } from './scale.ts';

interface Props {
  points: readonly ResultPoint[];
  band?: Band | undefined;
  secondBand?: Band | undefined;
  width?: number;
  height?: number;
}

const pad = 4;

/** Decoration beside the number it belongs to: hidden from screen readers, which read the values. */
export function Spark({ points, band, secondBand, width = 86, height = 34 }: Props) {
  const numeric = points.filter((point) => point.number !== undefined);
  if (numeric.length === 0) return <span style={{ width, height }} />;
  const scale = scaleOf(numeric, [band, secondBand], height - 8);
  const x = (at: number) => (numeric.length === 1 ? width - pad : pad + (at * (width - 2 * pad)) / (numeric.length - 1));
  const y = (value: number) => 4 + scale.y(value);
  const line = (read: (point: ResultPoint) => number | undefined) => numeric.map((point, at) => `${x(at).toFixed(1)},${y(read(point) ?? scale.low).toFixed(1)}`).join(' ');
  const last = numeric.at(-1) as ResultPoint;
  const paired = numeric.every((point) => point.second !== undefined);
  const edges = bandEdges(band, scale);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {edges !== undefined && (
        <g>
          <rect x="0" y={y(edges.top)} width={width} height={Math.max(1, y(edges.bottom) - y(edges.top))} fill="var(--sen-ok-soft)" />
          {edges.lines.map((edge) => <path key={edge} d={`M0 ${y(edge)}H${width}`} stroke="var(--sen-ok)" strokeWidth="1" strokeDasharray="2 3" opacity=".55" />)}
        </g>
      )}
      {paired && <polyline points={line((point) => point.second)} fill="none" stroke="var(--sen-ink-3)" strokeWidth="1.25" />}
      <polyline points={line((point) => point.number)} fill="none" stroke="var(--sen-ink-2)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(numeric.length - 1)} cy={y(last.number ?? 0)} r="3" fill={markColour(last.mark)} stroke="var(--sen-surface)" strokeWidth="1.5" />
    </svg>
  );
}

export function markColour(mark: Mark | undefined): string {
  if (mark === 'critical-low' || mark === 'critical-high') return 'var(--sen-danger)';
  return mark === undefined || mark === 'normal' ? 'var(--sen-ink)' : 'var(--sen-warn)';
}
