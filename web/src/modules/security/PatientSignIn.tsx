// Patients sign in: one question a screen, large, in plain words.
import { Button, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { Icon } from '../../kit/icons.tsx';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { hasPasskeys, makePasskey } from './passkeys.ts';
import { Problem } from './Problem.tsx';
import { useSignInWays, useWelcome } from './session.ts';
import { usePasskeySignIn } from './SignInForm.tsx';
import { strings } from './strings.ts';

type Step = { readonly at: 'phone' } | { readonly at: 'code' | 'person'; readonly ticket: string; readonly phone: string } | { readonly at: 'passkey' };

export function PatientSignIn({ done }: { done: () => void }) {
  const [step, setStep] = useState<Step>({ at: 'phone' });
  if (step.at === 'phone') return <PhoneStep next={(ticket, phone) => setStep({ at: 'code', ticket, phone })} done={done} />;
  if (step.at === 'code') return <CodeStep {...step} next={(ticket) => setStep({ ...step, at: 'person', ticket })} back={() => setStep({ at: 'phone' })} />;
  if (step.at === 'person') return <PersonStep ticket={step.ticket} back={() => setStep({ at: 'phone' })} next={() => (hasPasskeys ? setStep({ at: 'passkey' }) : done())} />;
  return <PasskeyOffer done={done} />;
}

function PhoneStep({ next, done }: { next: (ticket: string, phone: string) => void; done: () => void }) {
  const words = useStrings(strings);
  const { data: ways } = useSignInWays();
  const [failed] = useSearchParams();
  const [phone, setPhone] = useState('');
  const passkey = usePasskeySignIn();
  const request = useMutation({ mutationFn: () => call<typeof contracts.requestPhoneCode>('POST', '/api/session/phone', { phone }), onSuccess: ({ ticket }) => next(ticket, phone) });
  return (
    <StepForm title={words.patientTitle} lead={words.phoneLead} submit={() => phone.trim() !== '' && request.mutate()}>
      <TextInput size="lg" type="tel" label={words.phone} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} autoComplete="tel" inputMode="tel" maxLength={20} autoFocus />
      <Problem error={request.error ?? passkey.error} otherwise={words.passkeyFailed} />
      {failed.has('failed') && request.error === null && <p className="sign-in-error" role="alert">{words.wentWrong}</p>}
      <Button size="lg" type="submit" loading={request.isPending} fullWidth>{words.sendCode}</Button>
      {hasPasskeys && <button type="button" className="btn large" disabled={passkey.isPending} onClick={() => passkey.mutate(undefined, { onSuccess: done })}><Icon name="key" size={20} />{words.usePasskey}</button>}
      {ways?.citizen !== undefined && <a className="btn large" href="/api/session/citizen"><Icon name="shield" size={20} />{words.throughCitizen(ways.citizen)}</a>}
    </StepForm>
  );
}

function CodeStep({ ticket, phone, next, back }: { ticket: string; phone: string; next: (ticket: string) => void; back: () => void }) {
  const words = useStrings(strings);
  const [code, setCode] = useState('');
  const give = useMutation({ mutationFn: () => call<typeof contracts.givePhoneCode>('POST', '/api/session/phone/code', { ticket, code }), onSuccess: (answer) => next(answer.ticket) });
  return (
    <StepForm title={words.phoneCode} lead={words.phoneCodeLead(phone)} submit={() => code.length === 6 && give.mutate()}>
      <TextInput size="lg" label={words.phoneCode} value={code} onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))} inputMode="numeric" autoComplete="one-time-code" autoFocus classNames={{ input: 'code-input' }} />
      <Problem error={give.error} otherwise={words.failed} />
      <Button size="lg" type="submit" loading={give.isPending} fullWidth>{words.next}</Button>
      <div className="sign-in-links"><button type="button" className="link" onClick={back}>{words.otherNumber}</button></div>
    </StepForm>
  );
}

function PersonStep({ ticket, next, back }: { ticket: string; next: () => void; back: () => void }) {
  const words = useStrings(strings);
  const welcome = useWelcome();
  const [typed, setTyped] = useState({ citizenNumber: '', birthDate: '' });
  const [tried, setTried] = useState(false);
  const birthDate = dayOf(typed.birthDate);
  const give = useMutation({
    mutationFn: (day: string) => call<typeof contracts.givePhonePerson>('POST', '/api/session/phone/person', { ticket, citizenNumber: typed.citizenNumber, birthDate: day }),
    onSuccess: (answer) => {
      welcome(answer);
      next();
    },
  });
  const submit = () => {
    setTried(true);
    if (birthDate !== undefined && typed.citizenNumber.length >= 12) give.mutate(birthDate);
  };
  return (
    <StepForm title={words.patientTitle} lead={words.personLead} submit={submit}>
      <TextInput size="lg" label={words.citizenNumber} value={typed.citizenNumber} onChange={(event) => setTyped({ ...typed, citizenNumber: event.currentTarget.value.replace(/\D/g, '').slice(0, 12) })} inputMode="numeric" autoComplete="off" autoFocus />
      <TextInput size="lg" label={words.birthDate} description={words.birthDateHint} value={typed.birthDate} onChange={(event) => setTyped({ ...typed, birthDate: event.currentTarget.value })} inputMode="numeric" autoComplete="bday"
        error={tried && birthDate === undefined ? words.badDate : undefined} />
      <Problem error={give.error} otherwise={words.failed} />
      <Button size="lg" type="submit" loading={give.isPending} fullWidth>{words.enter}</Button>
      <div className="sign-in-links"><button type="button" className="link" onClick={back}>{words.otherNumber}</button></div>
    </StepForm>
  );
}

function PasskeyOffer({ done }: { done: () => void }) {
  const words = useStrings(strings);
  const make = useMutation({ mutationFn: () => makePasskey(() => call<typeof contracts.beginPasskey>('POST', '/api/my/passkeys/options', {}), words.passkeys), onSuccess: done });
  return (
    <StepForm title={words.passkeyOffer} lead={words.passkeyOfferLead} submit={() => make.mutate()}>
      <Problem error={make.error} otherwise={words.passkeyFailed} />
      <Button size="lg" type="submit" loading={make.isPending} fullWidth autoFocus>{words.addPasskey}</Button>
      <button type="button" className="btn large" onClick={done}>{words.later}</button>
    </StepForm>
  );
}

function StepForm({ title, lead, submit, children }: { title: string; lead: string; submit: () => void; children: ReactNode }) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return <form className="sign-in-form patient" onSubmit={send} noValidate><h1>{title}</h1><p>{lead}</p>{children}</form>;
}

/** `1968-03-14` of `14/03/1968`, however it is parted; undefined for what is no day. */
function dayOf(typed: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[\s/.-]*(\d{1,2})[\s/.-]*(\d{4})\s*$/.exec(/^\d{8}$/.test(typed.trim()) ? typed.trim().replace(/^(..)(..)/, '$1/$2/') : typed) ?? [];
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}
