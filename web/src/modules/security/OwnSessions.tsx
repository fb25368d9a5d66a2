import type * as contracts from '@sen/contracts';
import type { OwnAccount, SessionLine } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useFactorsChanged } from './factors.tsx';
import { Problem } from './Problem.tsx';
import { strings } from './strings.ts';

/** Where one is signed in, and how to end it. */
export function OwnSessions({ own: { sessions, current } }: { own: OwnAccount }) {
  const words = useStrings(strings);
  const changed = useFactorsChanged();
  const end = useMutation({ mutationFn: (which: { id?: string; others?: boolean }) => call<typeof contracts.endOwnSessions>('DELETE', '/api/my/sessions', which), onSuccess: changed });
  return (
    <section className="card account-card" aria-labelledby="own-sessions">
      <div className="head"><h2 id="own-sessions">{words.sessions}</h2></div>
      <ul className="lines">
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionFacts session={session} current={session.id === current} />
            {session.id !== current && <button type="button" className="btn small" disabled={end.isPending} aria-label={`${words.endSession}: ${session.agent ?? ''} ${session.address ?? ''}`} onClick={() => end.mutate({ id: session.id })}>{words.endSession}</button>}
          </li>
        ))}
      </ul>
      {end.data !== undefined && <p className="c-ok" role="status">{words.ended(end.data.ended)}</p>}
      <Problem error={end.error} otherwise={words.failed} />
      <div className="actions">
        {sessions.length > 1 && <button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate({ others: true })}>{words.endOthers}</button>}
        <button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate({})}>{words.endAll}</button>
      </div>
    </section>
  );
}

export function SessionFacts({ session: { kind, agent, address, method, lastUsedAt, locked }, current = false }: { session: SessionLine; current?: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const what = kind === 'machine' ? words.machine : (agent ?? words.script);
  const how = method.split('+').map((one) => words.methods[one] ?? one).join(' + ');
  return (
    <span>
      <b>{what}{current && <span className="pill info">{words.thisSession}</span>}{locked && <span className="pill">{words.isLocked}</span>}</b>
      <small className="c3">{[address, how, words.lastUse(formatDateTime(lastUsedAt, language))].filter(Boolean).join(' · ')}</small>
    </span>
  );
}
