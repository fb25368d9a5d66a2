// What has been merged, and the way back.
import type { MergeLine } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones, Empty, Failed } from '../../../kit/Feedback.tsx';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useMerges, useUndo } from './requests.ts';
import { strings } from './strings.ts';

export function Merges({ said }: { said: (text: string) => void }) {
  const words = useStrings(strings);
  return (
    <Answer asked={useMerges()} bones={<Bones rows={6} height={28} />}>
      {({ merges }) => (merges.length === 0 ? <Empty title={words.noMerges} /> : <ul className="merges">{merges.map((merge) => <Line key={merge.id} merge={merge} said={said} />)}</ul>)}
    </Answer>
  );
}

function Line({ merge, said }: { merge: MergeLine; said: (text: string) => void }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const [sure, setSure] = useState(false);
  const undo = useUndo(({ stayed }) => said(words.undone(stayed.length)));
  return (
    <li>
      <div><b>{merge.gone.name}</b> <span className="c3">{merge.gone.hospitalNumber}</span> {words.into} <b>{merge.kept.name}</b> <span className="c3">{merge.kept.hospitalNumber}</span></div>
      <div className="c3">{formatDateTime(merge.at, language)} · {merge.by} · {words.holds(merge.moved)}</div>
      {undo.error !== null && <Failed error={undo.error} retry={() => undo.reset()} />}
      {merge.undone !== undefined && <div className="c3">{words.partedBy(merge.undone.by)}, {formatDateTime(merge.undone.at, language)}</div>}
      {merge.undone === undefined && (
        <button type="button" className="btn small" disabled={undo.isPending} title={words.undoHint} onClick={() => (sure ? undo.mutate(merge.id) : setSure(true))} onBlur={() => setSure(false)}>{sure ? words.sureUndo : words.undo}</button>
      )}
    </li>
  );
}
