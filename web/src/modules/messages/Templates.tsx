import type { MessageTemplate, ResponseOf } from '@sen/contracts';
import type * as contracts from '@sen/contracts';
import { Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { formatDate } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useTemplates } from './requests.ts';
import { strings } from './strings.ts';
import { TemplatePane } from './TemplatePane.tsx';

export function Templates({ chosen, choose }: { chosen: string; choose: (code: string) => void }) {
  const words = useStrings(strings);
  const asked = useTemplates();
  const templates = asked.data ?? [];
  const template = templates.find(({ code }) => code === chosen);
  useMoves(templates, chosen, choose);
  return (
    <div className="templates">
      <div className="templates-list">
        {asked.error !== null && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {asked.isPending && <Bones rows={8} height={44} />}
        <ul>{templates.map((one) => <Line key={one.code} template={one} isChosen={one.code === chosen} choose={() => choose(one.code)} />)}</ul>
      </div>
      {template === undefined ? <Empty title={words.chooseTemplate} /> : <TemplatePane key={template.code} template={template} />}
    </div>
  );
}

function useMoves(templates: ResponseOf<typeof contracts.listMessageTemplates>, chosen: string, choose: (code: string) => void): void {
  const move = (by: number) => {
    const next = templates[Math.min(Math.max(templates.findIndex(({ code }) => code === chosen) + by, 0), templates.length - 1)];
    if (next !== undefined) choose(next.code);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
}

function Line({ template, isChosen, choose }: { template: MessageTemplate; isChosen: boolean; choose: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { about, purpose, ownSince, planned } = template;
  return (
    <li><button type="button" aria-pressed={isChosen} onClick={choose}>
      <b>{about[language]}</b><small>{words.purposes[purpose]} · {planned !== undefined ? words.planned(formatDate(planned.from, language)) : ownSince !== undefined ? words.own : words.house}</small>
    </button></li>
  );
}
