// Signing in by telephone: the number, the code, then who one is. One question a screen.
import type * as contracts from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Mark } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useSignInWays, useWelcome } from '../../../modules/security/session.ts';
import { Refused } from '../Frame.tsx';
import { strings } from '../strings.ts';
import { KeptCodes } from './KeptCodes.tsx';
import { dayTyped } from './typed-day.ts';
import { useLeave } from './use-leave.ts';

type Step = { readonly at: 'phone' } | { readonly at: 'code' | 'person'; readonly ticket: string; readonly phone: string };

export function SignIn() {
  const [step, setStep] = useState<Step>({ at: 'phone' });
  const again = () => setStep({ at: 'phone' });
  if (step.at === 'phone') return <PhoneStep next={(ticket, phone) => setStep({ at: 'code', ticket, phone })} />;
  if (step.at === 'code') return <CodeStep {...step} next={(ticket) => setStep({ ...step, at: 'person', ticket })} again={again} />;
  return <PersonStep ticket={step.ticket} again={again} />;
}

function PhoneStep({ next }: { next: (ticket: string, phone: string) => void }) {
  const words = useStrings(strings);
  const { data: ways } = useSignInWays();
  const [phone, setPhone] = useState('');
  const send = useMutation({ mutationFn: () => call<typeof contracts.requestPhoneCode>('POST', '/api/session/phone', { phone }), onSuccess: ({ ticket }) => next(ticket, phone) });
  return (
    <Question title={words.signIn.title} lead={words.signIn.lead} submit={() => phone.trim() !== '' && send.mutate()} below={<KeptCodes />}>
      <label className="field"><b>{words.signIn.phone}</b><input type="tel" inputMode="tel" autoComplete="tel" maxLength={20} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} /></label>
      <Refused error={send.error} />
      <button type="submit" className="primary" disabled={send.isPending}>{words.signIn.sendCode}</button>
      {ways?.citizen !== undefined && <a className="secondary" href="/api/session/citizen">{words.signIn.through(ways.citizen)}</a>}
      <a className="quiet" href="/">{words.signIn.otherWay}</a>
    </Question>
  );
}

function CodeStep({ ticket, phone, next, again }: { ticket: string; phone: string; next: (ticket: string) => void; again: () => void }) {
  const words = useStrings(strings);
  const [code, setCode] = useState('');
  const give = useMutation({ mutationFn: () => call<typeof contracts.givePhoneCode>('POST', '/api/session/phone/code', { ticket, code }), onSuccess: (answer) => next(answer.ticket) });
  return (
    <Question title={words.signIn.codeTitle} lead={words.signIn.codeLead(phone)} submit={() => code.length === 6 && give.mutate()}>
      <label className="field"><b>{words.signIn.code}</b><input className="code-box" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))} /></label>
      <Refused error={give.error} />
      <button type="submit" className="primary" disabled={give.isPending}>{words.next}</button>
      <button type="button" className="quiet" onClick={again}>{words.signIn.otherNumber}</button>
    </Question>
  );
}

function PersonStep({ ticket, again }: { ticket: string; again: () => void }) {
  const words = useStrings(strings);
  const welcome = useWelcome();
  const [number, setNumber] = useState('');
  const [born, setBorn] = useState('');
  const [tried, setTried] = useState(false);
  const birthDate = dayTyped(born);
  const give = useMutation({ mutationFn: (day: string) => call<typeof contracts.givePhonePerson>('POST', '/api/session/phone/person', { ticket, citizenNumber: number, birthDate: day }), onSuccess: welcome });
  const submit = () => {
    setTried(true);
    if (birthDate !== undefined && number.length === 12) give.mutate(birthDate);
  };
  return (
    <Question title={words.signIn.personTitle} lead={words.signIn.personLead} submit={submit}>
      <label className="field"><b>{words.signIn.number}</b><input inputMode="numeric" autoComplete="off" value={number} onChange={(event) => setNumber(event.currentTarget.value.replace(/\D/g, '').slice(0, 12))} /></label>
      {tried && number.length !== 12 && <p className="refused" role="alert">{words.signIn.badNumber}</p>}
      <label className="field"><b>{words.birthDate}</b><span>{words.birthDateHint}</span><input inputMode="numeric" autoComplete="bday" value={born} onChange={(event) => setBorn(event.currentTarget.value)} /></label>
      {tried && birthDate === undefined && <p className="refused" role="alert">{words.badDate}</p>}
      <Refused error={give.error} />
      <button type="submit" className="primary" disabled={give.isPending}>{words.signIn.enter}</button>
      <button type="button" className="quiet" onClick={again}>{words.signIn.otherNumber}</button>
    </Question>
  );
}

function Question({ title, lead, submit, children, below }: { title: string; lead: string; submit: () => void; children: ReactNode; below?: ReactNode }) {
  const { language, choose } = useLanguage();
  usePageTitle(title);
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <main className="question">
      <p className="brand"><Mark size={36} /><b>Sen</b><button type="button" lang={other} onClick={() => choose(other)}>{other === 'en' ? 'English' : 'Tiếng Việt'}</button></p>
      <form onSubmit={send} noValidate><h1>{title}</h1><p className="lead">{lead}</p>{children}</form>
      {below}
    </main>
  );
}

/** A staff account has no family here: its door is another. */
export function NotForPatients() {
  const words = useStrings(strings);
  const leave = useLeave();
  return (
    <main className="alone">
      <Mark size={48} /><h1>{words.notForStaff}</h1><p>{words.notForStaffLead}</p>
      <a className="primary" href="/">{words.toWorkspace}</a>
      <button type="button" className="quiet" onClick={() => leave.mutate()}>{words.signOut}</button>
    </main>
  );
}
