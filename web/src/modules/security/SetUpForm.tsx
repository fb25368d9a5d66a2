import { Button, PasswordInput, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import type { BodyOf } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { Problem } from './Problem.tsx';
import { strings } from './strings.ts';

/** Makes the first administrator; the code stands behind the # of the address that the start has printed. */
export function SetUpForm({ done }: { done: () => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState({ code: decodeURIComponent(window.location.hash.slice(1)), name: '', username: '', password: '', again: '' });
  const setUp = useMutation({ mutationFn: (input: BodyOf<typeof contracts.setUpHospital>) => call<typeof contracts.setUpHospital>('POST', '/api/setup', input), onSuccess: done });
  const differ = typed.again !== '' && typed.again !== typed.password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { again, ...input } = typed;
    if (again === input.password) setUp.mutate({ ...input, code: input.code.trim(), name: input.name.trim(), username: input.username.trim().toLowerCase() });
  };
  const change = (name: keyof typeof typed) => (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value });
  return (
    <form className="sign-in-form wide" onSubmit={submit} noValidate>
      <h1>{words.setUp}</h1>
      <p className="c2">{words.setUpLead}</p>
      <TextInput label={words.setUpCode} value={typed.code} onChange={change('code')} autoComplete="off" spellCheck={false} classNames={{ input: 'code-input' }} />
      <TextInput label={words.name} value={typed.name} onChange={change('name')} autoComplete="name" autoFocus />
      <TextInput label={words.username} description={words.usernameHint} value={typed.username} onChange={change('username')} autoComplete="username" autoCapitalize="none" spellCheck={false} />
      <PasswordInput label={words.newPassword} description={words.passwordHint} value={typed.password} onChange={change('password')} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }} />
      <PasswordInput label={words.repeatPassword} error={differ ? words.notSame : undefined} value={typed.again} onChange={change('again')} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }} />
      <Problem error={setUp.error} otherwise={words.failed} />
      <Button type="submit" loading={setUp.isPending} disabled={Object.values(typed).some((text) => text.trim() === '')} fullWidth>{words.createAdmin}</Button>
    </form>
  );
}
