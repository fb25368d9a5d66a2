// The covered screen: nothing of what was open is in the page. Its person comes back quickly; another person may take the computer.
import type * as contracts from '@sen/contracts';
import type { OwnSession } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { initialOf } from '../../lib/format.ts';
import { useStrings } from '../../lib/language.tsx';
import { ProofForm, type GivenProof } from './proof.tsx';
import { sessionKey } from './session.ts';
import { SignInForm } from './SignInForm.tsx';
import { strings } from './strings.ts';
import { tellTabs } from './tabs.ts';

export function LockScreen({ session: { account, ways }, signOut }: { session: OwnSession; signOut: () => void }) {
  const words = useStrings(strings);
  const [other, setOther] = useState(false);
  const unlock = useUnlock();
  if (other) return <SignInForm><div className="sign-in-links"><button type="button" className="link" onClick={() => setOther(false)}>{words.back}</button></div></SignInForm>;
  return (
    <div className="sign-in-form">
      <p className="lock-person"><span className="av" aria-hidden="true">{initialOf(account.name)}</span><span><b>{account.name}</b><small>{account.roles.map((role) => words.roles[role] ?? role).join(', ')}</small></span></p>
      <h1>{words.locked}</h1>
      <ProofForm ways={ways} submit={unlock.mutate} action={words.unlock} busy={unlock.isPending} error={unlock.error} />
      <div className="lock-others">
        <button type="button" className="btn" onClick={() => setOther(true)}>{words.otherPerson}</button>
        <button type="button" className="btn" onClick={signOut}>{words.signOut}</button>
      </div>
    </div>
  );
}

function useUnlock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (proof: () => Promise<GivenProof>) => call<typeof contracts.unlockSession>('POST', '/api/session/unlock', await proof()),
    onSuccess: (session) => {
      queries.setQueryData(sessionKey, session);
      tellTabs('changed');
    },
  });
}
