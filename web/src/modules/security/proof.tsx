// Showing once more who one is: for a locked screen, and before dangerous acts.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { BodyOf, OwnSession } from '@sen/contracts';
import type * as contracts from '@sen/contracts';
import { useState, type FormEvent } from 'react';
import { useStrings } from '../../lib/language.tsx';
import { Icon } from '../../kit/icons.tsx';
import { askPasskey, hasPasskeys } from './passkeys.ts';
import { Problem } from './Problem.tsx';
import { strings } from './strings.ts';

export type GivenProof = BodyOf<typeof contracts.unlockSession>;
type Way = OwnSession['ways'][number];

interface Props {
  readonly ways: readonly Way[];
  readonly submit: (proof: () => Promise<GivenProof>) => void;
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** One way at a time, the quickest first; the others are a press away. */
export function ProofForm({ ways, submit, action, busy, error }: Props) {
  const words = useStrings(strings);
  const usable = ways.filter((way) => way !== 'passkey' || hasPasskeys);
  const [way, setWay] = useState<Way | undefined>(usable[0]);
  const [typed, setTyped] = useState('');
  const give = (event?: FormEvent) => {
    event?.preventDefault();
    if (way === 'passkey') return submit(async () => ({ passkey: await askPasskey() }));
    const text = typed;
    setTyped('');
    if (text !== '') submit(async () => (way === 'password' ? { password: text } : way === 'totp' ? { code: text.replace(/\s/g, '') } : { quickCode: text }));
  };
  const choose = (next: Way) => {
    setWay(next);
    setTyped('');
  };
  return (
    <form onSubmit={give} noValidate className="proof">
      {way === 'password' && <PasswordInput key="password" label={words.password} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="current-password" autoFocus visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }} />}
      {way === 'quick-code' && <TextInput key="quick" type="password" label={words.quickCode} value={typed} onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))} inputMode="numeric" autoComplete="off" autoFocus classNames={{ input: 'code-input' }} />}
      {way === 'totp' && <TextInput key="totp" label={words.appCode} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus classNames={{ input: 'code-input' }} />}
      <Problem error={error} otherwise={words.passkeyFailed} />
      <Button type="submit" loading={busy} fullWidth autoFocus={way === 'passkey'}>{way === 'passkey' ? words.usePasskey : action}</Button>
      {usable.length > 1 && (
        <div className="sign-in-links">
          {usable.filter((one) => one !== way).map((one) => <button key={one} type="button" className="link" onClick={() => choose(one)}>{one === 'passkey' && <Icon name="key" size={14} />}{words.ways[one]}</button>)}
        </div>
      )}
    </form>
  );
}
