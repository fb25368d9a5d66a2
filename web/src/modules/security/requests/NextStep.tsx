// What the officer does next with a request: recognise the person, answer, begin, finish or refuse.
import type { ConsentCategory, DataRequest, IdentityProof, RecipientKind, RefusalReason } from '@sen/contracts';
import { useId, useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { consentSentence } from '../consent/ConsentCard.tsx';
import { useConsents, useRecipients } from '../consent/requests.ts';
import { strings as consentStrings } from '../consent/strings.ts';
import { useChangeRequest } from './requests.ts';
import { strings } from './strings.ts';

const proofs: readonly IdentityProof[] = ['identity-card', 'known-phone'];
const reasons: readonly RefusalReason[] = ['retention', 'identity', 'others-rights', 'legal-duty', 'no-basis'];

interface Restriction {
  readonly recipient: { readonly kind: RecipientKind; readonly reference: string };
  readonly category: ConsentCategory;
}

export function NextStep({ request }: { request: DataRequest }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const id = useId();
  const { kind, state, identity, patient } = request;
  const [reply, setReply] = useState('');
  const [reason, setReason] = useState<RefusalReason>('retention');
  const [proof, setProof] = useState<IdentityProof>('identity-card');
  const [restriction, setRestriction] = useState<Restriction>();
  const [consents, setConsents] = useState<readonly string[]>([]);
  const change = useChangeRequest();
  const go = (step: 'identify' | 'answer' | 'begin' | 'finish' | 'refuse', more: object = {}) => change.mutate({ requestId: request.id, step, ...(reply.trim() === '' ? {} : { reply: reply.trim() }), ...more }, { onSuccess: () => setReply('') });
  const finish = () => go('finish', { ...(restriction === undefined ? {} : { restriction }), ...(consents.length === 0 ? {} : { consents: [...consents] }) });
  return (
    <section className="card plain-form" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.work}</h2>
      {identity === undefined && (
        <>
          <label className="field" htmlFor={`${id}-proof`}>{words.identity}</label>
          <select id={`${id}-proof`} value={proof} onChange={(event) => setProof(proofs.find((one) => one === event.currentTarget.value) ?? 'identity-card')}>{proofs.map((one) => <option key={one} value={one}>{words.identities[one]}</option>)}</select>
          <button type="button" className="btn" disabled={change.isPending} onClick={() => go('identify', { identity: proof })}>{words.identify}</button>
        </>
      )}
      <p className="hint">{words.finishHints[kind]}</p>
      {state === 'in-work' && (kind === 'restrict' || kind === 'object') && <Restrict value={restriction} choose={setRestriction} />}
      {state === 'in-work' && kind === 'withdraw' && <Withdraw patientId={patient.id} chosen={consents} choose={setConsents} />}
      <label className="field" htmlFor={`${id}-reply`}>{words.replyLabel}</label>
      <textarea id={`${id}-reply`} rows={4} maxLength={4000} value={reply} onChange={(event) => setReply(event.currentTarget.value)} />
      <div className="form-actions">
        {state === 'received' && <button type="button" className="btn primary" disabled={change.isPending} onClick={() => go('answer')}>{words.answer}</button>}
        {state !== 'in-work' && <button type="button" className={state === 'received' ? 'btn' : 'btn primary'} disabled={change.isPending} onClick={() => go('begin')}>{words.begin}</button>}
        {state === 'in-work' && <button type="button" className="btn primary" disabled={change.isPending} onClick={finish}>{words.finish}</button>}
      </div>
      <label className="field" htmlFor={`${id}-reason`}>{words.reason}</label>
      <select id={`${id}-reason`} value={reason} onChange={(event) => setReason(reasons.find((one) => one === event.currentTarget.value) ?? 'retention')}>{reasons.map((one) => <option key={one} value={one}>{words.reasons[one]}</option>)}</select>
      <button type="button" className="btn" disabled={change.isPending} onClick={() => go('refuse', { reason })}>{words.refuse}</button>
      {change.error !== null && <p className="field-error" role="alert">{change.error instanceof ApiError ? change.error.text[language] : words.failed}</p>}
    </section>
  );
}

const kinds: readonly RecipientKind[] = ['person', 'department', 'everyone', 'role'];
const categories: readonly ConsentCategory[] = ['everything', 'laboratory', 'medicines', 'documents', 'hiv', 'mental-health', 'genetic', 'sexual-health', 'substance-use', 'violence'];

function Restrict({ value, choose }: { value: Restriction | undefined; choose: (restriction: Restriction) => void }) {
  const words = useStrings(strings);
  const consentWords = useStrings(consentStrings);
  const id = useId();
  const now = value ?? { recipient: { kind: 'person' as const, reference: '' }, category: 'everything' as const };
  const names = useRecipients(false, now.recipient.kind, '').data?.recipients ?? [];
  return (
    <>
      <label className="field" htmlFor={`${id}k`}>{words.whom}</label>
      <select id={`${id}k`} value={now.recipient.kind} onChange={(event) => choose({ ...now, recipient: { kind: kinds.find((one) => one === event.currentTarget.value) ?? 'person', reference: '' } })}>{kinds.map((one) => <option key={one} value={one}>{consentWords.kinds[one]}</option>)}</select>
      {now.recipient.kind !== 'everyone' && (
        <select aria-label={consentWords.recipient} value={now.recipient.reference} onChange={(event) => choose({ ...now, recipient: { kind: now.recipient.kind, reference: event.currentTarget.value } })}>
          <option value="">{consentWords.choose}</option>{names.map((one) => <option key={one.reference} value={one.reference}>{one.name}</option>)}
        </select>
      )}
      <label className="field" htmlFor={`${id}c`}>{words.category}</label>
      <select id={`${id}c`} value={now.category} onChange={(event) => choose({ ...now, category: categories.find((one) => one === event.currentTarget.value) ?? 'everything' })}>{categories.map((one) => <option key={one} value={one}>{consentWords.categories[one]}</option>)}</select>
    </>
  );
}

function Withdraw({ patientId, chosen, choose }: { patientId: string; chosen: readonly string[]; choose: (ids: readonly string[]) => void }) {
  const words = useStrings(consentStrings);
  const { language } = useLanguage();
  const active = useConsents(patientId).data?.consents.filter((one) => one.active) ?? [];
  return (
    <fieldset>
      <legend>{words.inForce}</legend>
      {active.length === 0 && <p className="hint">{words.none}</p>}
      {active.map((one) => (
        <label key={one.id} className="choice"><input type="checkbox" checked={chosen.includes(one.id)} onChange={(event) => choose(event.currentTarget.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))} />{consentSentence(one, language)}</label>
      ))}
    </fieldset>
  );
}
