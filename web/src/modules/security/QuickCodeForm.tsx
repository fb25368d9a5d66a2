import { Button, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { useConfirmed } from './confirm.tsx';
import { useFactorsChanged } from './factors.tsx';
import { Problem } from './Problem.tsx';
import { strings } from './strings.ts';

export function QuickCodeForm({ isSet }: { isSet: boolean }) {
  const words = useStrings(strings);
  const confirmed = useConfirmed();
  const changed = useFactorsChanged();
  const [editing, setEditing] = useState(false);
  const [code, setCode] = useState('');
  const done = async () => {
    setEditing(false);
    setCode('');
    await changed();
  };
  const set = useMutation({ mutationFn: () => confirmed(() => call<typeof contracts.setQuickCode>('PUT', '/api/my/quick-code', { code })), onSuccess: done });
  const remove = useMutation({ mutationFn: () => call<typeof contracts.removeQuickCode>('DELETE', '/api/my/quick-code', {}), onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === 6) set.mutate();
  };
  return (
    <section className="card account-card" aria-labelledby="own-quick">
      <div className="head"><h2 id="own-quick">{words.quick}</h2><span className="end">{isSet ? words.quickOn : words.quickOff}</span></div>
      <p className="c3">{words.quickLead}</p>
      {editing ? (
        <form className="account-form" onSubmit={submit} noValidate>
          <TextInput type="password" label={words.quickCode} value={code} onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))} inputMode="numeric" autoComplete="off" autoFocus classNames={{ input: 'code-input' }} />
          <Problem error={set.error} otherwise={words.failed} />
          <Button type="submit" loading={set.isPending}>{words.setQuick}</Button>
        </form>
      ) : (
        <div className="actions">
          <button type="button" className="btn" onClick={() => setEditing(true)}>{isSet ? words.changeQuick : words.setQuick}</button>
          {isSet && <button type="button" className="btn" disabled={remove.isPending} aria-label={`${words.remove}: ${words.quick}`} onClick={() => remove.mutate()}>{words.remove}</button>}
        </div>
      )}
    </section>
  );
}
