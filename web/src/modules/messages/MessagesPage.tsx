import { useSearchParams } from 'react-router';
import { useStrings } from '../../lib/language.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { Deliveries } from './Deliveries.tsx';
import { strings } from './strings.ts';
import { Templates } from './Templates.tsx';
import './messages.css';

/** What was sent to people and how it fared, and the words in use; where one is stands in the address. */
export function Component() {
  const words = useStrings(strings);
  const [params, setParams] = useSearchParams();
  const isTemplates = params.get('view') === 'templates';
  usePageTitle(words.title);
  const set = (change: Readonly<Record<string, string>>) => setParams((before) => {
    for (const [name, value] of Object.entries(change)) if (value === '') before.delete(name); else before.set(name, value);
    return before;
  }, { replace: true });
  return (
    <div className="messages">
      <div className="page-head"><h1>{words.title}</h1>
        <div className="segments end"><button type="button" aria-pressed={!isTemplates} onClick={() => set({ view: '', template: '' })}>{words.deliveries}</button><button type="button" aria-pressed={isTemplates} onClick={() => set({ view: 'templates', template: '' })}>{words.templates}</button></div></div>
      {isTemplates ? <Templates chosen={params.get('template') ?? ''} choose={(template) => set({ template })} /> : <Deliveries state={params.get('state')} template={params.get('template') ?? ''} set={set} />}
    </div>
  );
}
