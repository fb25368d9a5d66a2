import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useStrings } from '../../../lib/language.tsx';
import { pushState, startPush, stopPush } from '../device/push.ts';
import { Refused } from '../Frame.tsx';
import { strings } from '../strings.ts';

/** Reminders on this phone, switched by a tap. */
export function PushChoice() {
  const words = useStrings(strings);
  const queries = useQueryClient();
  const { data: state } = useQuery({ queryKey: ['push'], queryFn: pushState });
  const change = useMutation({ mutationFn: () => (state === 'on' ? stopPush() : startPush()), onSuccess: (next) => queries.setQueryData(['push'], next) });
  if (state === undefined || state === 'unsupported') return null;
  return (
    <div className="card">
      {state === 'refused'
        ? <p>{words.messages.pushRefused}</p>
        : <label className="tick"><input type="checkbox" aria-label={words.messages.push} checked={state === 'on'} disabled={change.isPending} onChange={() => change.mutate()} /><span><b>{words.messages.push}</b><small>{words.messages.pushLead}</small></span></label>}
      <Refused error={change.error} />
    </div>
  );
}
