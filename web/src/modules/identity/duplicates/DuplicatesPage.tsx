import type { DuplicatePair } from '@sen/contracts';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Bones, Empty, Failed } from '../../../kit/Feedback.tsx';
import { useKeys } from '../../../lib/keys.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { PersonLine } from '../PersonLine.tsx';
import { Compare } from './Compare.tsx';
import { Merges } from './Merges.tsx';
import { usePairs } from './requests.ts';
import { strings } from './strings.ts';
import './duplicates.css';

/** Records that may be double: a queue beside the pair at hand, and what has been merged. */
export function Component() {
  const words = useStrings(strings);
  const { pairId } = useParams();
  const navigate = useNavigate();
  const [said, setSaid] = useState('');
  usePageTitle(words.title);
  const asked = usePairs();
  const pairs = asked.data?.pages.flatMap((page) => page.pairs) ?? [];
  const history = pairId === 'merged';
  const choose = (id: string) => void navigate(`/duplicates/${id}`, { replace: true });
  useMoves(pairs, pairId, choose);
  const settled = (text: string) => {
    setSaid(text);
    const at = pairs.findIndex(({ id }) => id === pairId);
    const next = pairs[at + 1] ?? pairs[at - 1];
    void navigate(next === undefined || at < 0 ? '/duplicates' : `/duplicates/${next.id}`, { replace: true });
  };
  return (
    <div className="duplicates">
      <div className="page-head"><h1>{words.title}</h1><span className="c3">{asked.data && words.waiting(asked.data.pages[0]?.waiting ?? 0)}</span>
        <div className="segments end"><button type="button" aria-pressed={!history} onClick={() => choose('')}>{words.pairs}</button><button type="button" aria-pressed={history} onClick={() => choose('merged')}>{words.history}</button></div></div>
      <p role="status" className="said">{said}</p>
      {history ? <Merges said={setSaid} /> : (
        <div className="duplicates-body">
          <div className="duplicates-list">
            {asked.error !== null && <Failed error={asked.error} retry={() => void asked.refetch()} />}
            {asked.isPending && <Bones rows={6} height={56} />}
            {asked.data !== undefined && pairs.length === 0 && <Empty title={words.none}>{words.noneHint}</Empty>}
            {pairs.length > 0 && <ul>{pairs.map((pair) => <Pair key={pair.id} pair={pair} chosen={pair.id === pairId} choose={choose} />)}</ul>}
            {asked.hasNextPage && <button type="button" className="btn" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{words.more}</button>}
          </div>
          {pairId !== undefined && pairId !== '' ? <Compare key={pairId} pairId={pairId} settled={settled} /> : pairs.length > 0 && <Empty title={words.choose} />}
        </div>
      )}
    </div>
  );
}

function useMoves(pairs: readonly DuplicatePair[], chosen: string | undefined, choose: (id: string) => void): void {
  const move = (by: number) => {
    const next = pairs[Math.min(Math.max(pairs.findIndex(({ id }) => id === chosen) + by, 0), pairs.length - 1)];
    if (next !== undefined) choose(next.id);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
}

function Pair({ pair, chosen, choose }: { pair: DuplicatePair; chosen: boolean; choose: (id: string) => void }) {
  const words = useStrings(strings);
  return (
    <li>
      <button type="button" aria-pressed={chosen} onClick={() => choose(pair.id)}>
        <span className={`grade ${pair.grade}`}>{words.grades[pair.grade]} · {words.likely(Math.min(99, Math.round(pair.score * 100)))}</span>
        <span className="one"><PersonLine person={pair.left} /></span>
        <span className="one"><PersonLine person={pair.right} /></span>
      </button>
    </li>
  );
}
