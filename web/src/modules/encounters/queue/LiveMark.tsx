// The state of the live stream: an icon of its own, a word, and how old the data are when it stands still.
import { dateParts } from '../../../lib/format.ts';
import { useStrings } from '../../../lib/language.tsx';
import type { LiveState } from '../../../lib/live.ts';
import { strings } from './strings.ts';

export function LiveMark({ state, updatedAt }: { state: LiveState; updatedAt: number }) {
  const words = useStrings(strings);
  const time = updatedAt === 0 ? '' : `, ${words.updated(dateParts(new Date(updatedAt).toISOString())?.time ?? '')}`;
  return <span className={`live-mark ${state}`} role="status">{words.live[state]}{state === 'live' ? '' : time}</span>;
}
