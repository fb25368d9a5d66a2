import type { Recipient, RecipientKind } from '@sen/contracts';
import { useDeferredValue, useState } from 'react';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { useRecipients } from './requests.ts';
import { strings } from './strings.ts';

/** Whom: a kind, then a name. Where there is but one kind its names stand at once. */
export function ChooseRecipient({ kinds, choose }: { kinds: readonly RecipientKind[]; choose: (recipient: Recipient) => void }) {
  const words = useStrings(strings);
  const [kind, setKind] = useState<RecipientKind>(kinds[0]!);
  return (
    <>
      <div className="segments" role="group" aria-label={words.recipientKind}>
        {kinds.map((one) => (
          <button key={one} type="button" aria-pressed={kind === one} onClick={() => (one === 'everyone' ? choose({ kind: 'everyone', reference: '', name: '' }) : setKind(one))}>{words.kinds[one]}</button>
        ))}
      </div>
      {kind === 'insurer' ? <p className="note"><Icon name="info" size={20} className="c-info" /><span className="what">{words.insurerNote}</span></p> : <Names key={kind} kind={kind} choose={choose} />}
    </>
  );
}

function Names({ kind, choose }: { kind: RecipientKind; choose: (recipient: Recipient) => void }) {
  const words = useStrings(strings);
  const [find, setFind] = useState('');
  const asked = useRecipients(true, kind, useDeferredValue(find.trim()));
  return (
    <>
      <input type="search" className="search-field" placeholder={words.find} aria-label={words.find} value={find} onChange={(event) => setFind(event.currentTarget.value)} />
      <Answer asked={asked} bones={<Bones rows={4} height={40} />}>
        {({ recipients }) => recipients.length === 0 ? <p className="hint">{words.noMatch}</p> : (
          <ul className="my-list">
            {recipients.map((one) => <li key={one.reference}><button type="button" className="my-link" onClick={() => choose(one)}><span><b>{one.name}</b>{one.detail !== undefined && <small>{one.detail}</small>}</span><Icon name="right" size={20} /></button></li>)}
          </ul>
        )}
      </Answer>
    </>
  );
}
