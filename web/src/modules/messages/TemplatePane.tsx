// One template: the words in both languages, beside what people would get.
import { Button, TextInput, Textarea } from '@mantine/core';
import type { MessageTemplate, MessageWording } from '@sen/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { Failed } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { ApiError } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings, type Language } from '../../lib/language.tsx';
import { usePreview, useTemplateChange } from './requests.ts';
import { strings } from './strings.ts';

const typingMs = 300;
const languages: readonly Language[] = ['vi', 'en'];

interface Words { readonly sms: string; readonly title: string; readonly email: string }

export function TemplatePane({ template }: { template: MessageTemplate }) {
  const words = useStrings(strings);
  const { language: screen } = useLanguage();
  const [language, setLanguage] = useState<Language>(screen);
  const [texts, setTexts] = useState({ vi: typed(template.vi), en: typed(template.en) });
  const [from, setFrom] = useState('');
  const [zalo, setZalo] = useState(template.zaloTemplate ?? '');
  const change = useTemplateChange();
  const beside = { code: template.code, ...(from !== '' && { from: new Date(`${from}T00:00:00+07:00`).toISOString() }), zaloTemplate: zalo.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ ...beside, vi: wording(texts.vi), en: wording(texts.en) });
  };
  const backToHouse = () => change.mutate(beside, { onSuccess: ({ vi, en }) => setTexts({ vi: typed(vi), en: typed(en) }) });
  return (
    <section className="template-pane" aria-label={template.about[screen]}>
      <form onSubmit={submit} noValidate>
        <h2>{template.about[screen]}</h2>
        <p className="c3">{words.purposes[template.purpose]} · {template.ownSince === undefined ? words.house : words.since(formatDateTime(template.ownSince, screen))}{template.planned !== undefined && ` · ${words.planned(formatDateTime(template.planned.from, screen))}`}</p>
        <div className="segments">{languages.map((one) => <button key={one} type="button" aria-pressed={language === one} onClick={() => setLanguage(one)}>{words.languages[one]}</button>)}</div>
        <Fields words={texts[language]} change={(next) => setTexts((before) => ({ ...before, [language]: next }))} />
        <Placeholders template={template} />
        <div className="template-beside">
          <TextInput type="date" label={words.from} description={words.fromHint} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput label={words.zalo} value={zalo} onChange={(event) => setZalo(event.currentTarget.value)} autoComplete="off" maxLength={40} />
        </div>
        {change.error !== null && <p className="note bad" role="alert"><Icon name="warning" size={18} className="c-bad" /><span><b>{words.missing}.</b> {change.error instanceof ApiError ? change.error.text[screen] : change.error.message}</span></p>}
        <p className="said" role="status">{change.isSuccess ? words.saved : ''}</p>
        <div className="template-acts"><Button type="submit" loading={change.isPending} disabled={texts.vi.sms.trim() === '' || texts.en.sms.trim() === ''}>{words.save}</Button>
          {(template.ownSince !== undefined || template.planned !== undefined) && <Button variant="default" disabled={change.isPending} onClick={backToHouse}>{words.back}</Button>}</div>
      </form>
      <Preview code={template.code} language={language} words={texts[language]} />
    </section>
  );
}

function typed({ sms, title = '', email = '' }: MessageWording): Words {
  return { sms, title, email };
}

function wording({ sms, title, email }: Words): MessageWording {
  return { sms: sms.trim(), ...(title.trim() !== '' && { title: title.trim() }), ...(email.trim() !== '' && { email: email.trim() }) };
}

function Fields({ words: { sms, title, email }, change }: { words: Words; change: (next: Words) => void }) {
  const words = useStrings(strings);
  return (
    <>
      <Textarea label={words.sms} value={sms} onChange={(event) => change({ sms: event.currentTarget.value, title, email })} autosize minRows={3} maxLength={1000} required withAsterisk={false} />
      <TextInput label={words.subject} value={title} onChange={(event) => change({ sms, title: event.currentTarget.value, email })} maxLength={120} />
      <Textarea label={words.email} description={words.emailHint} value={email} onChange={(event) => change({ sms, title, email: event.currentTarget.value })} autosize minRows={3} maxLength={5000} />
    </>
  );
}

function Placeholders({ template }: { template: MessageTemplate }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  if (template.placeholders.length === 0) return null;
  return (
    <dl className="placeholders" aria-label={words.placeholders}>
      {template.placeholders.map((one) => <div key={one.name}><dt><code>{`{${one.name}}`}</code></dt><dd>{one[language]}{one.required && <small className="c3"> {words.required}</small>}</dd></div>)}
    </dl>
  );
}

function Preview({ code, language, words: typing }: { code: string; language: Language; words: Words }) {
  const words = useStrings(strings);
  const { language: screen } = useLanguage();
  const [settled] = useDebouncedValue(typing, typingMs);
  const { data, error, refetch } = usePreview(code, language, wording(settled));
  return (
    <aside className="preview" aria-label={words.preview}>
      <h3>{words.preview}</h3>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.findings.map((finding) => <p key={`${finding.where} ${finding.en}`} className="c-bad finding" role="alert"><Icon name="warning" size={16} />{finding[screen]}</p>)}
          <div className="bubble" lang={language}>{data.smsSent}</div>
          <p className="c3">{words.segments(data.segments, data.encoding.toUpperCase())}</p>
          {data.title !== '' && <div className="mail-shown" lang={language}><b>{data.title}</b><p>{data.email}</p></div>}
        </>
      )}
    </aside>
  );
}
