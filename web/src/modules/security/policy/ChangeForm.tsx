import { useState, type FormEvent } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useChangePolicy } from './requests.ts';
import { strings } from './strings.ts';

/** Sends a changed policy as a new version, with its reason and the day from which it holds. */
export function ChangeForm({ newest }: { newest: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const change = useChangePolicy();
  const [file, setFile] = useState<File>();
  const [reason, setReason] = useState('');
  const [when, setWhen] = useState('');
  const [problem, setProblem] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = file === undefined ? words.noFile : reason.trim().length < 10 ? words.shortReason : '';
    const document = wrong === '' ? await readJson(file as File) : undefined;
    const said = wrong === '' && document === undefined ? words.noJson : wrong;
    setProblem(said);
    if (said === '') change.mutate({ document, basedOn: newest, reason: reason.trim(), ...(when === '' ? {} : { effectiveFrom: new Date(when).toISOString() }) });
  };
  const { error } = change;
  const shown = problem || (error === null ? '' : error instanceof ApiError ? error.text[language] : error.message);
  return (
    <section aria-labelledby="policy-change">
      <h2 id="policy-change">{words.change}</h2>
      <p className="c2">{words.changeLead}</p>
      <form className="policy-form" onSubmit={(event) => void send(event)} noValidate>
        <label>{words.file}<input type="file" accept="application/json,.json" onChange={(event) => setFile(event.currentTarget.files?.[0])} /></label>
        <label>{words.reason}<input type="text" value={reason} maxLength={1000} onChange={(event) => setReason(event.currentTarget.value)} /></label>
        <label>{words.when}<input type="datetime-local" value={when} aria-describedby="policy-when" onChange={(event) => setWhen(event.currentTarget.value)} /></label>
        <small id="policy-when" className="c3">{words.whenHint}</small>
        {shown !== '' && <p className="c-bad" role="alert">{shown}</p>}
        {shown === '' && change.data !== undefined && <p role="status">{words.added(change.data.version)}</p>}
        <button type="submit" className="btn primary" disabled={change.isPending}>{change.isPending ? words.sending : words.send}</button>
      </form>
    </section>
  );
}

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text()) as unknown;
  } catch {
    return undefined;
  }
}
