import { Button, PasswordInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { Problem } from './Problem.tsx';
import { sessionKey, useSession } from './session.ts';
import { strings } from './strings.ts';

/** The current password, and twice the new one; pasting is welcome (NIST SP 800-63B-4 §3.1.1.2). */
export function ChangePasswordForm({ done }: { done: () => void }) {
  const words = useStrings(strings);
  const username = useSession().data?.account.username ?? '';
  const [typed, setTyped] = useState({ current: '', next: '', again: '' });
  const change = useChangePassword(done);
  const differ = typed.again !== '' && typed.again !== typed.next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.current !== '' && typed.next !== '' && typed.next === typed.again) change.mutate({ current: typed.current, next: typed.next });
  };
  const field = (name: keyof typeof typed, label: string, autoComplete: string, more: object = {}) => (
    <PasswordInput label={label} value={typed[name]} onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })} autoComplete={autoComplete}
      visibilityToggleButtonProps={{ 'aria-label': `${words.show}: ${label}`, tabIndex: 0 }} {...more} />
  );
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      {field('current', words.currentPassword, 'current-password', { autoFocus: true })}
      {field('next', words.newPassword, 'new-password', { description: words.passwordHint })}
      {field('again', words.repeatPassword, 'new-password', { error: differ ? words.notSame : undefined })}
      <Problem error={change.error} otherwise={words.failed} />
      <Button type="submit" loading={change.isPending}>{words.changePassword}</Button>
    </form>
  );
}

function useChangePassword(done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { current: string; next: string }) => call<typeof contracts.changePassword>('PUT', '/api/my/password', input),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionKey });
      await queries.invalidateQueries({ queryKey: ['own-account'] });
      done();
    },
  });
}
