// The key with which one signs documents: a file of an authority, under a PIN of one's own.
import { Button, FileInput, PasswordInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useConfirmed } from './confirm.tsx';
import { Problem } from './Problem.tsx';
import { useSession } from './session.ts';
import { signingKeyWords } from './signing-key-words.ts';

const queryKey = ['signing-key'];

export function SigningKeyCard() {
  const words = useStrings(signingKeyWords);
  const { language } = useLanguage();
  const allowed = useSession().data?.permissions?.includes('document.sign') === true;
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => call<typeof contracts.readSigningKey>('GET', '/api/my/signing-key', {}, signal), enabled: allowed });
  const [editing, setEditing] = useState(false);
  const queries = useQueryClient();
  const withdraw = useMutation({ mutationFn: () => call<typeof contracts.withdrawSigningKey>('DELETE', '/api/my/signing-key', {}), onSuccess: () => queries.invalidateQueries({ queryKey }) });
  if (!allowed || data === undefined) return null;
  const { key } = data;
  return (
    <section className="card account-card" aria-labelledby="own-signing">
      <div className="head"><h2 id="own-signing">{words.title}</h2><span className="end">{key === undefined ? words.none : words.kinds[key.kind]}</span></div>
      <p className="c3">{key === undefined ? words.lead : words.held(key.holder, key.issuer, formatDate(key.notAfter, language))}</p>
      {editing ? <ImportForm done={() => setEditing(false)} /> : (
        <div className="actions">
          <button type="button" className="btn" onClick={() => setEditing(true)}>{key === undefined ? words.add : words.change}</button>
          {key !== undefined && <button type="button" className="btn" disabled={withdraw.isPending} aria-label={`${words.remove}: ${words.title}`} onClick={() => withdraw.mutate()}>{words.remove}</button>}
        </div>
      )}
    </section>
  );
}

function ImportForm({ done }: { done: () => void }) {
  const words = useStrings(signingKeyWords);
  const confirmed = useConfirmed();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const body = { file: await base64Of(file!), password, pin };
      return confirmed(() => call<typeof contracts.importSigningKey>('PUT', '/api/my/signing-key', body));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey });
      done();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file !== null && pin.length >= 6) add.mutate();
  };
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      <FileInput label={words.file} description={words.fileHint} accept=".p12,.pfx" value={file} onChange={setFile} />
      <PasswordInput label={words.password} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="off" />
      <PasswordInput label={words.pin} description={words.pinHint} value={pin} onChange={(event) => setPin(event.currentTarget.value)} autoComplete="off" />
      <Problem error={add.error} otherwise={words.failed} />
      <Button type="submit" loading={add.isPending} disabled={file === null || pin.length < 6}>{words.add}</Button>
    </form>
  );
}

async function base64Of(file: File): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())));
}
