// One registration: seen, changed, disabled. A secret is shown once.
import type { AppView } from '@sen/contracts';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { appForm, ofKind, typedApp, type TypedApp } from './app-form.ts';
import { useRenewSecret, useSaveApp, useSwitchApp } from './requests.ts';
import { strings } from './strings.ts';

type Set = (change: Partial<TypedApp>) => void;

export function AppEditor({ app, done }: { app: AppView | undefined; done: (id: string) => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState(() => typedApp(app));
  const [badKeys, setBadKeys] = useState(false);
  const save = useSaveApp();
  const change: Set = (part) => setTyped((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const form = appForm(typed);
    setBadKeys(form === undefined);
    if (form !== undefined) save.mutate({ appId: app?.id, form }, { onSuccess: (saved) => saved.secret === undefined && done(saved.app.id) });
  };
  return (
    <form className="app-form" onSubmit={submit}>
      <h2>{app?.name ?? words.newApp}</h2>
      {app !== undefined && <p className="c2">{words.clientId} <code>{app.id}</code></p>}
      <Identity typed={typed} change={change} setTyped={setTyped} />
      <Authentication typed={typed} change={change} />
      <Text name="scopes" rows={5} typed={typed} change={change} />
      <label className="app-check"><input type="checkbox" checked={typed.introspects} onChange={(event) => change({ introspects: event.currentTarget.checked })} />{words.fields.introspects}</label>
      {badKeys && <p className="sign-in-error" role="alert">{words.badKeys}</p>}
      <Failure error={save.error} />
      {save.data?.secret !== undefined && <Secret secret={save.data.secret} />}
      <div className="app-buttons">
        {app !== undefined && <Switches app={app} />}
        <button type="submit" className="btn primary" disabled={save.isPending || (app === undefined && save.isSuccess)}>{words.save}</button>
      </div>
      {save.isSuccess && <p role="status" className="c-ok">{words.saved}</p>}
    </form>
  );
}

function Identity({ typed, change, setTyped }: { typed: TypedApp; change: Set; setTyped: (typed: TypedApp) => void }) {
  const words = useStrings(strings);
  const isService = typed.kind === 'service';
  return (
    <>
      <Field label={words.fields.name}><input required maxLength={120} value={typed.name} onChange={(event) => change({ name: event.currentTarget.value })} /></Field>
      <Field label={words.fields.kind}><select value={typed.kind} onChange={(event) => setTyped(ofKind(typed, event.currentTarget.value as TypedApp['kind']))}>{options(words.kinds)}</select></Field>
      {isService && <Field label={words.fields.role}><select value={typed.role} onChange={(event) => change({ role: event.currentTarget.value as TypedApp['role'] })}>{options(words.roles)}</select></Field>}
      {isService && typed.role === 'partner' && <Field label={words.fields.purpose}><select value={typed.purpose} onChange={(event) => change({ purpose: event.currentTarget.value as TypedApp['purpose'] })}>{options(words.purposes)}</select></Field>}
      {isService && <Field label={words.fields.organisation}><input value={typed.organisation} onChange={(event) => change({ organisation: event.currentTarget.value })} /></Field>}
      {!isService && <Text name="redirectUris" rows={2} typed={typed} change={change} required />}
      {!isService && <Field label={words.fields.launchUri}><input inputMode="url" value={typed.launchUri} onChange={(event) => change({ launchUri: event.currentTarget.value })} /></Field>}
    </>
  );
}

function Authentication({ typed, change }: { typed: TypedApp; change: Set }) {
  const words = useStrings(strings);
  return (
    <>
      {typed.kind === 'person' && <Field label={words.fields.authentication}><select value={typed.authentication} onChange={(event) => change({ authentication: event.currentTarget.value as TypedApp['authentication'] })}>{options(words.authentications)}</select></Field>}
      {typed.authentication === 'key' && <Field label={words.fields.jwksUri}><input inputMode="url" value={typed.jwksUri} onChange={(event) => change({ jwksUri: event.currentTarget.value })} /></Field>}
      {typed.kind === 'service' && <Field label={words.fields.certificate}><input pattern="[A-Za-z0-9_\-]{43}" spellCheck={false} value={typed.certificate} onChange={(event) => change({ certificate: event.currentTarget.value })} /></Field>}
      {typed.authentication === 'key' && <Text name="jwks" rows={5} typed={typed} change={change} />}
    </>
  );
}

function Text({ name, rows, typed, change, required = false }: { name: 'scopes' | 'redirectUris' | 'jwks'; rows: number; typed: TypedApp; change: Set; required?: boolean }) {
  const words = useStrings(strings);
  return <Field label={words.fields[name]}><textarea rows={rows} required={required} spellCheck={false} value={typed[name]} onChange={(event) => change({ [name]: event.currentTarget.value })} /></Field>;
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return <label className="app-field"><span>{label}</span>{children}</label>;
}

function options(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, text]) => <option key={value} value={value}>{text}</option>);
}

function Switches({ app }: { app: AppView }) {
  const words = useStrings(strings);
  const turn = useSwitchApp();
  const renew = useRenewSecret();
  return (
    <>
      {renew.data !== undefined && <Secret secret={renew.data.secret} />}
      <button type="button" className="btn" disabled={turn.isPending} onClick={() => turn.mutate({ appId: app.id, disabled: !app.disabled })}>{app.disabled ? words.enable : words.disable}</button>
      {app.authentication === 'secret' && <button type="button" className="btn" disabled={renew.isPending} onClick={() => renew.mutate(app.id)}>{words.renew}</button>}
    </>
  );
}

function Secret({ secret }: { secret: string }) {
  const words = useStrings(strings);
  return <div className="app-secret" role="status"><p>{words.secretOnce}</p><code>{secret}</code></div>;
}

function Failure({ error }: { error: Error | null }) {
  const { language } = useLanguage();
  if (error === null) return null;
  return <p className="sign-in-error" role="alert">{error instanceof ApiError ? error.text[language] : error.message}</p>;
}
