// What one wants to be told, in which language; each change is kept at once.
import type * as contracts from '@sen/contracts';
import type { MessagePreferences } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { useStrings } from '../../../lib/language.tsx';
import { Refused } from '../Frame.tsx';
import { strings } from '../strings.ts';

const key = ['message-preferences'];
const purposes = ['appointment', 'visit', 'result', 'notice'] as const;
const languages = ['vi', 'en'] as const;

export function MessageChoices() {
  const words = useStrings(strings);
  const queries = useQueryClient();
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => call<typeof contracts.readMessagePreferences>('GET', '/api/my/message-preferences', {}, signal) });
  const keep = useMutation({
    mutationFn: (preferences: MessagePreferences) => call<typeof contracts.changeMessagePreferences>('PUT', '/api/my/message-preferences', { preferences }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  if (found.data === undefined) return <Refused error={found.error} />;
  const { preferences } = found.data;
  const toggle = (purpose: (typeof purposes)[number]) => {
    const refused = preferences.refused.includes(purpose) ? preferences.refused.filter((one) => one !== purpose) : [...preferences.refused, purpose];
    keep.mutate({ ...preferences, refused });
  };
  return (
    <div className="card ticks">
      {purposes.map((purpose) => (
        <label key={purpose} className="tick"><input type="checkbox" checked={!preferences.refused.includes(purpose)} disabled={keep.isPending} onChange={() => toggle(purpose)} /><span>{words.messages.purposes[purpose]}</span></label>
      ))}
      <label className="tick"><input type="checkbox" checked={preferences.marketing} disabled={keep.isPending} onChange={() => keep.mutate({ ...preferences, marketing: !preferences.marketing })} /><span>{words.messages.marketing}</span></label>
      <label className="field"><b>{words.messages.inLanguage}</b>
        <select value={preferences.language} disabled={keep.isPending} onChange={(event) => keep.mutate({ ...preferences, language: event.currentTarget.value === 'en' ? 'en' : 'vi' })}>{languages.map((one) => <option key={one} value={one} lang={one}>{one === 'vi' ? 'Tiếng Việt' : 'English'}</option>)}</select>
      </label>
      <p className="lead">{words.messages.quiet(preferences.quietFrom, preferences.quietTo)}</p>
      <Refused error={keep.error} />
    </div>
  );
}
