// One session: who took its seats, what is kept for whom, and when that is open to all.
import type { SessionView } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts, formatDate, formatDateTime, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { FillBar } from './FillBar.tsx';
import { strings } from './strings.ts';

interface Shown {
  readonly session: SessionView;
  readonly visitTypes: readonly { readonly code: string; readonly nameVi: string; readonly nameEn: string }[];
  close(): void;
  leave(): void;
}

export function SessionPanel({ session, visitTypes, close, leave }: Shown) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const poolName = usePoolName(visitTypes);
  const opens = (pool: SessionView['pools'][number]) => (pool.opensAt === undefined ? words.notKept : pool.keptNow === 0 ? words.opened : formatDateTime(pool.opensAt, language));
  return (
    <aside className="session-panel" aria-label={words.sessionIs}>
      <div className="head"><h2>{glued(session.doctor?.name ?? words.noDoctor)}</h2><button type="button" className="icon-button end" aria-label={words.closePanel} onClick={close}><Icon name="close" size={16} /></button></div>
      <p className="c2">{formatDate(session.date, language)}, {dateParts(session.from)?.time}–{dateParts(session.until)?.time}, {glued(session.room.name)}. {words.step(session.stepMinutes)}. {session.state === 'closed' ? <span className="pill warn">{words.closed}</span> : words.freeNow(session.free)}</p>
      {session.held > 0 && <p className="c3">{words.held(session.held)}</p>}
      <table className="schedule-table">
        <thead><tr><th scope="col">{words.channel}</th><th scope="col">{words.taken}</th><th scope="col">{words.kept}</th><th scope="col">{words.opens}</th></tr></thead>
        <tbody>{session.pools.map((pool) => (
          <tr key={pool.pool}><th scope="row">{poolName(pool.pool)}<FillBar taken={pool.taken} kept={Math.max(0, pool.keptNow - pool.taken)} seats={session.seats} /></th>
            <td>{pool.most === undefined ? pool.taken : words.takenOf(pool.taken, pool.most)}</td><td>{pool.kept}</td><td>{opens(pool)}</td></tr>
        ))}</tbody>
      </table>
      {session.doctor !== undefined && session.state === 'open' && <button type="button" className="btn" onClick={leave}>{words.makeLeave}</button>}
    </aside>
  );
}

/** A door, or a kind of visit, in words. */
export function usePoolName(visitTypes: Shown['visitTypes']): (pool: string) => string {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (pool) => {
    const kind = visitTypes.find(({ code }) => pool === `visit-type:${code}`);
    if (kind !== undefined) return words.poolOfType(language === 'vi' ? kind.nameVi : kind.nameEn);
    return words.pools[pool] ?? pool;
  };
}
