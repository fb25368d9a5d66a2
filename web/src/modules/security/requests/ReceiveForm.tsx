// A request made at the desk or by letter; the page says of whom.
import type { IdentityProof, RequestKind } from '@sen/contracts';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useReceiveRequest } from './requests.ts';
import { strings } from './strings.ts';

const kinds: readonly RequestKind[] = ['copy', 'see', 'correct', 'restrict', 'withdraw', 'delete', 'object'];
const proofs: readonly IdentityProof[] = ['identity-card', 'known-phone'];

export function ReceiveForm({ patientId, children }: { patientId: string | undefined; children: ReactNode }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const id = useId();
  const [kind, setKind] = useState<RequestKind>('copy');
  const [channel, setChannel] = useState<'desk' | 'letter'>('desk');
  const [proof, setProof] = useState<IdentityProof | ''>('');
  const [details, setDetails] = useState('');
  const receive = useReceiveRequest();
  usePageTitle(words.receive);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (patientId === undefined) return;
    receive.mutate({ patientId, kind, channel, details: details.trim(), ...(proof === '' ? {} : { identity: proof }) }, { onSuccess: (made) => void navigate(`/requests/${made.id}`) });
  };
  return (
    <div className="watch">
      <header className="page-head"><h1>{words.receive}</h1></header>
      <form className="watch-list plain-form" onSubmit={submit} noValidate>
        {children}
        <label className="field" htmlFor={`${id}k`}>{words.kind}</label>
        <select id={`${id}k`} value={kind} onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'copy')}>{kinds.map((one) => <option key={one} value={one}>{words.kinds[one]}</option>)}</select>
        <label className="field" htmlFor={`${id}c`}>{words.channel}</label>
        <select id={`${id}c`} value={channel} onChange={(event) => setChannel(event.currentTarget.value === 'letter' ? 'letter' : 'desk')}><option value="desk">{words.channels['desk']}</option><option value="letter">{words.channels['letter']}</option></select>
        <label className="field" htmlFor={`${id}p`}>{words.identity}</label>
        <select id={`${id}p`} value={proof} onChange={(event) => setProof(proofs.find((one) => one === event.currentTarget.value) ?? '')}><option value="">{words.notIdentified}</option>{proofs.map((one) => <option key={one} value={one}>{words.identities[one]}</option>)}</select>
        <label className="field" htmlFor={`${id}d`}>{words.details}</label>
        <textarea id={`${id}d`} rows={4} maxLength={4000} value={details} onChange={(event) => setDetails(event.currentTarget.value)} />
        {receive.error !== null && <p className="field-error" role="alert">{receive.error instanceof ApiError ? receive.error.text[language] : words.failed}</p>}
        <button type="submit" className="btn primary" disabled={receive.isPending || patientId === undefined}>{words.save}</button>
      </form>
    </div>
  );
}
