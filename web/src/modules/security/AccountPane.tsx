// One account beside the list: made, changed, reset, ended.
import { Button, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import type { BodyOf, ManagedAccount } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { call } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { accountsKey, RolePicker } from './account-facts.tsx';
import { useConfirmed } from './confirm.tsx';
import { SessionFacts } from './OwnSessions.tsx';
import { Problem } from './Problem.tsx';
import { strings } from './strings.ts';

interface Facts {
  readonly name: string;
  readonly roles: readonly string[];
  readonly facility: string;
  readonly practitioner: string;
  readonly places: string;
}

function useAccountAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (input: Input) => confirmed(() => act(input)),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: [accountsKey] }), queries.invalidateQueries({ queryKey: ['account-sessions'] })]),
  });
}

export function NewAccountPane({ close }: { close: () => void }) {
  const words = useStrings(strings);
  const [username, setUsername] = useState('');
  const [facts, setFacts] = useState<Facts>({ name: '', roles: [], facility: '', practitioner: '', places: '' });
  const create = useAccountAct((person: BodyOf<typeof contracts.createAccount>) => call<typeof contracts.createAccount>('POST', '/api/accounts', person));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { facility, practitioner, places, ...rest } = wanted(facts);
    create.mutate({ username: username.trim().toLowerCase(), ...rest, places, ...(facility === '' ? {} : { facility }), ...(practitioner === '' ? {} : { practitioner }) });
  };
  return (
    <aside className="account-pane" aria-label={words.newAccount}>
      <PaneHead title={words.newAccount} close={close} />
      {create.data !== undefined ? <OneTimeCode given={create.data} done={close} /> : (
        <form className="account-form" onSubmit={submit} noValidate>
          <TextInput label={words.username} description={words.usernameHint} value={username} onChange={(event) => setUsername(event.currentTarget.value)} autoCapitalize="none" spellCheck={false} autoComplete="off" autoFocus required />
          <FactFields facts={facts} change={setFacts} />
          <Problem error={create.error} otherwise={words.failed} />
          <Button type="submit" loading={create.isPending} disabled={username.trim() === '' || facts.name.trim() === '' || facts.roles.length === 0}>{words.create}</Button>
        </form>
      )}
    </aside>
  );
}

export function AccountPane({ account, close }: { account: ManagedAccount; close: () => void }) {
  const words = useStrings(strings);
  const { id, roles, places, facility = '', practitioner = '' } = account;
  const isStaff = roles.some((role) => role !== 'patient' && role !== 'relative');
  const [facts, setFacts] = useState<Facts>({ name: account.name, roles, facility, practitioner, places: places.join('\n') });
  const change = useAccountAct((what: BodyOf<typeof contracts.changeAccount>) => call<typeof contracts.changeAccount>('PATCH', '/api/accounts/:accountId', { accountId: id, ...what }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(wanted(facts));
  };
  return (
    <aside className="account-pane" aria-label={account.name}>
      <PaneHead title={account.name} close={close} />
      <p className="c3">{account.username}{account.patients > 0 && ` · ${words.ofPatients(account.patients)}`}</p>
      {isStaff && (
        <form className="account-form" onSubmit={submit} noValidate>
          <FactFields facts={facts} change={setFacts} />
          <Button type="submit" loading={change.isPending} disabled={facts.name.trim() === '' || facts.roles.length === 0}>{words.save}</Button>
        </form>
      )}
      {change.isSuccess && <p className="c-ok" role="status">{words.saved2}</p>}
      <Problem error={change.error} otherwise={words.failed} />
      {isStaff && <label className="key-switch"><input type="checkbox" checked={account.mustHaveSecondFactor} disabled={change.isPending} onChange={(event) => change.mutate({ mustHaveSecondFactor: event.currentTarget.checked })} />{words.mustSecond}</label>}
      {isStaff && <Reset account={account} />}
      <Sessions account={account} />
      <button type="button" className="btn" disabled={change.isPending} onClick={() => change.mutate({ disabled: !account.disabled })}>{account.disabled ? words.enable : words.disable}</button>
    </aside>
  );
}

function wanted({ name, roles, facility, practitioner, places }: Facts) {
  return { name: name.trim(), roles: [...roles], facility: facility.trim(), practitioner: practitioner.trim(), places: places.split('\n').map((place) => place.trim()).filter((place) => place !== '') };
}

function PaneHead({ title, close }: { title: string; close: () => void }) {
  const words = useStrings(strings);
  return <div className="pane-head"><h2>{title}</h2><button type="button" className="icon-button" aria-label={words.close} onClick={close}><Icon name="close" /></button></div>;
}

function FactFields({ facts, change }: { facts: Facts; change: (facts: Facts) => void }) {
  const words = useStrings(strings);
  return (
    <>
      <TextInput label={words.name} value={facts.name} onChange={(event) => change({ ...facts, name: event.currentTarget.value })} autoComplete="off" required />
      <RolePicker chosen={facts.roles} change={(roles) => change({ ...facts, roles })} />
      <TextInput label={words.practitioner} value={facts.practitioner} onChange={(event) => change({ ...facts, practitioner: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
      <TextInput label={words.facility} value={facts.facility} onChange={(event) => change({ ...facts, facility: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
      <label className="places"><span>{words.places}</span><textarea rows={3} value={facts.places} spellCheck={false} onChange={(event) => change({ ...facts, places: event.currentTarget.value })} aria-describedby="places-hint" /><small id="places-hint" className="c3">{words.placesHint}</small></label>
    </>
  );
}

function Reset({ account }: { account: ManagedAccount }) {
  const words = useStrings(strings);
  const [factors, setFactors] = useState(false);
  const reset = useAccountAct(() => call<typeof contracts.resetAccount>('POST', '/api/accounts/:accountId/reset', { accountId: account.id, factors }));
  if (reset.data !== undefined) return <OneTimeCode given={reset.data} done={() => reset.reset()} />;
  return (
    <section className="pane-part">
      {account.secondFactor && <label className="key-switch"><input type="checkbox" checked={factors} onChange={(event) => setFactors(event.currentTarget.checked)} />{words.resetFactors}</label>}
      <button type="button" className="btn" disabled={reset.isPending || account.disabled} onClick={() => reset.mutate(undefined)}>{words.reset}</button>
      <Problem error={reset.error} otherwise={words.failed} />
    </section>
  );
}

function OneTimeCode({ given: { account, code, until }, done }: { given: { account: ManagedAccount; code: string; until: string }; done: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <section className="one-time" role="status">
      <h3>{words.oneTime}: {account.username}</h3>
      <code>{code}</code>
      <p className="c2">{words.oneTimeLead(formatDateTime(until, language))}</p>
      <Button onClick={done} autoFocus>{words.done}</Button>
    </section>
  );
}

function Sessions({ account }: { account: ManagedAccount }) {
  const words = useStrings(strings);
  const asked = useQuery({ queryKey: ['account-sessions', account.id], queryFn: ({ signal }) => call<typeof contracts.listAccountSessions>('GET', '/api/accounts/:accountId/sessions', { accountId: account.id }, signal) });
  const end = useAccountAct(() => call<typeof contracts.endAccountSessions>('DELETE', '/api/accounts/:accountId/sessions', { accountId: account.id }));
  const sessions = asked.data ?? [];
  return (
    <section className="pane-part">
      <h3>{words.openSessions(sessions.length)}</h3>
      <ul className="lines">{sessions.map((session) => <li key={session.id}><SessionFacts session={session} /></li>)}</ul>
      {sessions.length > 0 && <button type="button" className="btn small" disabled={end.isPending} onClick={() => end.mutate(undefined)}>{words.endTheirs}</button>}
    </section>
  );
}
