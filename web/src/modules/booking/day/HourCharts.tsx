// The hours of a day drawn twice: share seen on time against its target, people who come against capacity. Shapes differ, not only colours.
import { dateParts, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import type { DayBoard } from './requests.ts';
import { shareOf } from './share.ts';
import { strings } from './strings.ts';

const size = { width: 400, height: 170, left: 34, right: 8, top: 14, bottom: 20 };
const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };

export function OnTimeChart({ board }: { board: DayBoard }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const x = (at: number) => size.left + (plot.width * (at + 0.5)) / board.hours.length;
  const y = (percent: number) => size.top + plot.height * (1 - percent / 100);
  const points = board.hours.flatMap(({ seenOnTime, seenBooked }, at) => {
    const share = shareOf(seenOnTime, seenBooked);
    return share === undefined ? [] : [{ at, share }];
  });
  const last = points.at(-1);
  const told = board.hours.flatMap(({ from, seenOnTime, seenBooked }) => {
    const share = shareOf(seenOnTime, seenBooked);
    return share === undefined ? [] : [`${dateParts(from)?.time}: ${formatNumber(share, language, 0)}%`];
  }).join('; ');
  return (
    <figure className="hours">
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${words.byHour}. ${told === '' ? words.tooFew : told}`}>
        {[0, 50, 100].map((percent) => <g key={percent}><path className="grid" d={`M${size.left} ${y(percent)}H${size.width - size.right}`} /><text x={size.left - 5} y={y(percent) + 4} textAnchor="end">{percent}%</text></g>)}
        <path className="target" d={`M${size.left} ${y(board.targetOnTimePercent)}H${size.width - size.right}`} />
        <polyline className="line" points={points.map(({ at, share }) => `${x(at)},${y(share)}`).join(' ')} />
        {points.map(({ at, share }) => <circle key={at} className="dot" cx={x(at)} cy={y(share)} r="3.5" />)}
        {last !== undefined && <text className="value" x={Math.min(x(last.at) + 7, size.width - 30)} y={y(last.share) + 4}>{formatNumber(last.share, language, 0)}%</text>}
        {board.hours.map(({ from }, at) => <text key={from} x={x(at)} y={size.height - 5} textAnchor="middle">{dateParts(from)?.time?.slice(0, 2)}</text>)}
      </svg>
      <figcaption>{last === undefined ? <p>{words.tooFew}</p> : <><span>{words.legend.today}</span><span className="k-target">{words.legend.target} {board.targetOnTimePercent}%</span></>}</figcaption>
    </figure>
  );
}

export function ArrivalsChart({ board }: { board: DayBoard }) {
  const words = useStrings(strings);
  const most = Math.max(10, ...board.hours.flatMap(({ arrivals, capacity, forecast }) => [arrivals, capacity, forecast?.high ?? 0]));
  const step = plot.width / Math.max(1, board.hours.length);
  const y = (count: number) => size.top + plot.height * (1 - count / most);
  const told = board.hours.map(({ from, arrivals, capacity, forecast }) => words.hourRow(dateParts(from)?.time ?? '', forecast?.likely ?? arrivals, capacity)).join('; ');
  const first = Date.parse(board.hours[0]?.from ?? board.at);
  const now = (Date.parse(board.at) - first) / 3_600_000;
  return (
    <figure className="hours">
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${words.arrivalsByHour}. ${told}`}>
        {[0, Math.round(most / 2), most].map((count) => <g key={count}><path className="grid" d={`M${size.left} ${y(count)}H${size.width - size.right}`} /><text x={size.left - 5} y={y(count) + 4} textAnchor="end">{count}</text></g>)}
        {board.hours.map((hour, at) => <Hour key={hour.from} hour={hour} x={size.left + at * step} width={step} y={y} />)}
        {now > 0 && now < board.hours.length && <path className="now" d={`M${size.left + now * step} ${size.top - 8}V${size.height - size.bottom}`} />}
        {board.hours.map(({ from }, at) => <text key={from} x={size.left + (at + 0.5) * step} y={size.height - 5} textAnchor="middle">{dateParts(from)?.time?.slice(0, 2)}</text>)}
      </svg>
      <figcaption><span>{words.legend.came}</span><span className="k-forecast">{words.legend.forecast}</span><span className="k-line">{words.legend.capacity}</span><p>{words.forecastFrom(board.forecastDays)}</p></figcaption>
    </figure>
  );
}

function Hour({ hour: { arrivals, capacity, forecast }, x, width, y }: { hour: DayBoard['hours'][number]; x: number; width: number; y: (count: number) => number }) {
  const count = forecast?.likely ?? arrivals;
  const kind = `${forecast === undefined ? 'came' : 'forecast'}${count > capacity && capacity > 0 ? ' over' : ''}`;
  const middle = x + width / 2;
  return (
    <g>
      <rect className={kind} x={x + width * 0.18} y={y(count)} width={width * 0.64} height={Math.max(0, y(0) - y(count))} />
      {forecast !== undefined && <path className="range" d={`M${middle} ${y(forecast.low)}V${y(forecast.high)}M${middle - 3} ${y(forecast.low)}h6M${middle - 3} ${y(forecast.high)}h6`} />}
      {capacity > 0 && <path className="capacity" d={`M${x + width * 0.08} ${y(capacity)}h${width * 0.84}`} />}
    </g>
  );
}
