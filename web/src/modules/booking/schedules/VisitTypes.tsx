// Kinds of visit and how long each takes, from a day on.
import { useState, type SyntheticEvent } from 'react';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useSetVisitType, useTemplates } from './requests.ts';
import { strings } from './strings.ts';

interface Draft {
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly minutes: number;
  readonly from: string;
}

export function VisitTypes({ today }: { today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const empty: Draft = { code: '', nameVi: '', nameEn: '', minutes: 15, from: today };
  const [form, setForm] = useState(empty);
  const save = useSetVisitType();
  const change = (part: Partial<Draft>) => { save.reset(); setForm({ ...form, ...part }); };
  const submit = (event: SyntheticEvent) => { event.preventDefault(); save.mutate(form, { onSuccess: () => setForm(empty) }); };
  return (
    <div className="schedule-scroll" role="region" aria-label={words.tabs.kinds} tabIndex={0}>
      <form className="desk-form schedule-form" aria-label={words.kind} onSubmit={submit}>
        <div className="seat-fields">
          <label>{words.code}<input required pattern="[a-z][a-z0-9\-]{0,39}" title={words.codeHint} placeholder={words.codeHint} value={form.code} onChange={(event) => change({ code: event.currentTarget.value })} /></label>
          <label>{words.nameVi}<input required maxLength={120} value={form.nameVi} onChange={(event) => change({ nameVi: event.currentTarget.value })} /></label>
          <label>{words.nameEn}<input required maxLength={120} value={form.nameEn} onChange={(event) => change({ nameEn: event.currentTarget.value })} /></label>
          <label>{words.length}<input type="number" required min={3} max={480} value={form.minutes || ''} onChange={(event) => change({ minutes: Number(event.currentTarget.value) })} /></label>
          <label>{words.fromDay}<input type="date" required min={today} value={form.from} onChange={(event) => change({ from: event.currentTarget.value })} /></label>
        </div>
        <p className="c2">{words.kindNote}</p>
        {save.error instanceof ApiError && <p className="field-error" role="alert">{save.error.text[language]}</p>}
        {save.data !== undefined && <p className="note" role="status">{words.kindSaved}</p>}
        <button type="submit" className="btn primary" disabled={save.isPending}>{words.saveKind}</button>
      </form>
      <Answer asked={useTemplates()} bones={<Bones rows={4} />}>
        {({ visitTypes }) => (
          <table className="schedule-table"><thead><tr>{[words.kind, words.code, words.length].map((head) => <th key={head} scope="col">{head}</th>)}<th scope="col"><span className="vh">{words.acts}</span></th></tr></thead>
            <tbody>{visitTypes.map((one) => <tr key={one.code}><th scope="row">{language === 'vi' ? one.nameVi : one.nameEn}</th><td>{one.code}</td><td>{words.minutes(one.minutes)}</td><td className="num"><button type="button" className="btn small" onClick={() => change({ ...one, from: today })}>{words.edit}<span className="vh"> {one.code}</span></button></td></tr>)}</tbody></table>
        )}
      </Answer>
    </div>
  );
}
