// Dangerous acts ask who one is when the last proof is more than five minutes old: the server says so, the dialog asks, the act goes on.
import { Modal } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import { ApiError, call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { ProofForm, type GivenProof } from './proof.tsx';
import { useSession } from './session.ts';
import { strings } from './strings.ts';

type Confirmed = <T>(act: () => Promise<T>) => Promise<T>;

const ConfirmContext = createContext<Confirmed>((act) => act());

/** Gives `confirmed(act)`: runs an act, and once more after the person has shown who it is, when the server asks for that. */
export function useConfirmed(): Confirmed {
  return use(ConfirmContext);
}

interface Waiting {
  readonly done: () => void;
  readonly given: () => void;
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting>();
  const confirmed = useCallback<Confirmed>(async (act) => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'security.confirm-yourself') throw error;
      await new Promise<void>((resolve, reject) => setWaiting({ done: resolve, given: () => reject(error) }));
      return act();
    }
  }, []);
  const end = (how: 'done' | 'given') => () => {
    setWaiting(undefined);
    waiting?.[how]();
  };
  return <ConfirmContext value={confirmed}>{children}{waiting !== undefined && <ConfirmDialog done={end('done')} giveUp={end('given')} />}</ConfirmContext>;
}

function ConfirmDialog({ done, giveUp }: { done: () => void; giveUp: () => void }) {
  const words = useStrings(strings);
  const ways = (useSession().data?.ways ?? []).filter((way) => way !== 'quick-code');
  const confirm = useMutation({
    mutationFn: async (proof: () => Promise<GivenProof>) => call<typeof contracts.confirmPerson>('POST', '/api/session/confirm', await proof()),
    onSuccess: done,
  });
  return (
    <Modal.Root opened onClose={giveUp} size={420} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={words.confirmTitle} shadow="none" className="confirm">
        <h2 className="sheet-title">{words.confirmTitle}</h2>
        <p className="proof-lead c2">{words.confirmLead}</p>
        {ways.length === 0 && <p>{words.signInAnew}</p>}
        {ways.length > 0 && <ProofForm ways={ways} submit={confirm.mutate} action={words.confirm} busy={confirm.isPending} error={confirm.error} />}
        <div className="sign-in-links"><button type="button" className="link" onClick={giveUp}>{words.cancel}</button></div>
      </Modal.Content>
    </Modal.Root>
  );
}
