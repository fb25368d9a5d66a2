// Seats kept for a door or a kind of visit: how many, until when, and the most it may take.
import type { SeatRule } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { useTemplates } from './requests.ts';
import { usePoolName } from './SessionPanel.tsx';
import { strings } from './strings.ts';

const doors = ['app', 'web', 'phone', 'desk', 'walk-in', 'partner'];

export function SeatRules({ rules, change }: { rules: readonly SeatRule[]; change: (rules: SeatRule[]) => void }) {
  const words = useStrings(strings);
  const visitTypes = useTemplates().data?.visitTypes ?? [];
  const poolName = usePoolName(visitTypes);
  const pools = [...doors, ...visitTypes.map(({ code }) => `visit-type:${code}`)];
  const left = pools.filter((pool) => !rules.some((rule) => rule.pool === pool));
  const put = (at: number, rule: SeatRule) => change(rules.map((one, i) => (i === at ? rule : one)));
  return (
    <fieldset className="seat-rules"><legend>{words.seatRules}</legend>
      {rules.map((rule, i) => (
        <div key={rule.pool} role="group" aria-label={poolName(rule.pool)}>
          <label>{words.channel}<select value={rule.pool} onChange={(event) => put(i, { ...rule, pool: event.currentTarget.value })}>{[rule.pool, ...left].map((pool) => <option key={pool} value={pool}>{poolName(pool)}</option>)}</select></label>
          <label>{words.kept}<input type="number" min={0} max={200} required value={rule.kept} onChange={(event) => put(i, { ...rule, kept: Number(event.currentTarget.value) })} /></label>
          <label>{words.openHours}<input type="number" min={0} max={720} required value={rule.openHoursBefore} onChange={(event) => put(i, { ...rule, openHoursBefore: Number(event.currentTarget.value) })} /></label>
          <label>{words.most}<input type="number" min={0} max={500} placeholder={words.noLimit} value={rule.most ?? ''} onChange={(event) => put(i, limited(rule, event.currentTarget.value))} /></label>
          <button type="button" className="icon-button" aria-label={`${words.removeRule}: ${poolName(rule.pool)}`} onClick={() => change(rules.filter((_, at) => at !== i))}><Icon name="close" size={14} /></button>
        </div>
      ))}
      {left.length > 0 && <button type="button" className="btn small" onClick={() => change([...rules, { pool: left[0]!, kept: 2, openHoursBefore: 24 }])}><Icon name="plus" size={14} />{words.addRule}</button>}
    </fieldset>
  );
}

function limited(rule: SeatRule, text: string): SeatRule {
  const { pool, kept, openHoursBefore } = rule;
  return text === '' ? { pool, kept, openHoursBefore } : { ...rule, most: Number(text) };
}
