// The desk records what a patient signed on paper.
import type { ConsentCategory, RecipientKind } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { useParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { ConsentCard } from './ConsentCard.tsx';
import { useConsents, useRecipients, useRecordConsent, useWithdrawConsent } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const { patientId = '' } = useParams();
  const words = useStrings(strings);
  const asked = useConsents(patientId);
  const withdraw = useWithdrawConsent();
  usePageTitle(words.deskTitle);
  return (
    <div className="watch">
      <header className="page-head"><h1>{words.deskTitle}</h1><span className="c3">{asked.data?.patient.name}</span></header>
      <div className="request-page">
        <section className="my-actions" aria-label={words.inForce}>
          <p className="c2">{words.deskLead}</p>
          <Answer asked={asked} bones={<Bones rows={4} />}>
            {({ consents }) => consents.length === 0 ? <p className="hint">{words.none}</p> : <>{consents.map((one) => <ConsentCard key={one.id} consent={one} withdraw={(consentId) => withdraw.mutate({ patientId, consentId })} busy={withdraw.isPending} />)}</>}
          </Answer>
        </section>
        <PaperForm key={patientId} patientId={patientId} />
      </div>
    </div>
  );
}

const categories: readonly ConsentCategory[] = ['everything', 'laboratory', 'medicines', 'documents', 'hiv', 'mental-health', 'genetic', 'sexual-health', 'substance-use', 'violence'];
const kinds: Readonly<Record<'share' | 'restrict', readonly RecipientKind[]>> = { share: ['hospital', 'insurer', 'department', 'person'], restrict: ['person', 'department', 'everyone', 'role'] };
const blank = { effect: 'share' as 'share' | 'restrict', kind: 'hospital' as RecipientKind, reference: '', category: 'everything' as ConsentCategory, until: '', paper: '', signedOn: '' };

function PaperForm({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const id = useId();
  const [form, setForm] = useState(blank);
  const [tried, setTried] = useState(false);
  const recipients = useRecipients(false, form.kind, '').data?.recipients ?? [];
  const record = useRecordConsent();
  const set = (part: Partial<typeof blank>) => setForm((before) => ({ ...before, ...part }));
  const missing = { recipient: form.kind !== 'everyone' && form.reference === '', paper: form.paper.trim().length < 3, signedOn: form.signedOn === '' };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.recipient || missing.paper || missing.signedOn) return;
    const { effect, kind, reference, category, until, paper, signedOn } = form;
    record.mutate({ patientId, effect, recipient: { kind, reference }, category, ...(until === '' ? {} : { until }), paper: paper.trim(), signedOn }, { onSuccess: () => { setForm(blank); setTried(false); } });
  };
  return (
    <form className="card plain-form" onSubmit={submit} noValidate>
      <h2>{words.record}</h2>
      <Choice id={`${id}e`} label={words.effect} value={form.effect} options={['share', 'restrict'] as const} words={words.effects} choose={(effect) => set({ effect, kind: kinds[effect][0]!, reference: '' })} />
      <Choice id={`${id}k`} label={words.recipientKind} value={form.kind} options={kinds[form.effect]} words={words.kinds} choose={(kind) => set({ kind, reference: '' })} />
      {form.kind !== 'everyone' && (
        <>
          <label className="field" htmlFor={`${id}r`}>{words.recipient}</label>
          <select id={`${id}r`} value={form.reference} onChange={(event) => set({ reference: event.currentTarget.value })} aria-invalid={tried && missing.recipient}>
            <option value="">{words.choose}</option>{recipients.map((one) => <option key={one.reference} value={one.reference}>{one.name}</option>)}
          </select>
          {tried && missing.recipient && <p className="field-error">{words.needRecipient}</p>}
        </>
      )}
      <Choice id={`${id}c`} label={words.category} value={form.category} options={categories} words={words.categories} choose={(category) => set({ category })} />
      <label className="field" htmlFor={`${id}u`}>{words.untilField}</label>
      <input id={`${id}u`} type="date" value={form.until} onChange={(event) => set({ until: event.currentTarget.value })} />
      <label className="field" htmlFor={`${id}p`}>{words.paper}</label>
      <input id={`${id}p`} value={form.paper} maxLength={200} onChange={(event) => set({ paper: event.currentTarget.value })} aria-invalid={tried && missing.paper} />
      {tried && missing.paper && <p className="field-error">{words.needPaper}</p>}
      <label className="field" htmlFor={`${id}s`}>{words.signedOn}</label>
      <input id={`${id}s`} type="date" value={form.signedOn} onChange={(event) => set({ signedOn: event.currentTarget.value })} aria-invalid={tried && missing.signedOn} />
      {tried && missing.signedOn && <p className="field-error">{words.needDay}</p>}
      {record.error !== null && <p className="field-error" role="alert">{record.error instanceof ApiError ? record.error.text[language] : words.failed}</p>}
      {record.isSuccess && <p className="c-ok m" role="status">{words.saved}</p>}
      <button type="submit" className="btn primary" disabled={record.isPending}>{words.save}</button>
    </form>
  );
}

function Choice<T extends string>({ id, label, value, options, words, choose }: { id: string; label: string; value: T; options: readonly T[]; words: Readonly<Record<T, string>>; choose: (value: T) => void }) {
  return (
    <>
      <label className="field" htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(options.find((one) => one === event.currentTarget.value) ?? options[0]!)}>{options.map((one) => <option key={one} value={one}>{words[one]}</option>)}</select>
    </>
  );
}
