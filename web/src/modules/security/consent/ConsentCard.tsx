// One thing that was shared or restricted, as a sentence, and the way to take it back.
import type { ConsentShown } from '@sen/contracts';
import { useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings, type Language } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

/** `Cho Bệnh viện Đối tác xem: Thuốc, đến hết ngày 31/12/2026`. */
export function consentSentence(consent: Pick<ConsentShown, 'effect' | 'recipients' | 'categories' | 'until'>, language: Language): string {
  const words = strings[language];
  const who = consent.recipients.map(({ name, reference }) => name || reference).join(', ') || words.everyone;
  const what = consent.categories.map((one) => words.categories[one]).join(', ');
  return `${words.sentence[consent.effect](who, what)}, ${consent.until === undefined ? words.openEnd : words.untilDay(formatDate(consent.until, language))}`;
}

export function ConsentCard({ consent, withdraw, busy }: { consent: ConsentShown; withdraw: (id: string) => void; busy: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <article className={consent.active ? 'my-card' : 'my-card old'}>
      <span className={`pill ${consent.active ? (consent.effect === 'share' ? 'ok' : 'warn') : ''}`}>
        <Icon name={consent.active ? (consent.effect === 'share' ? 'check' : 'shield') : 'clock'} size={14} />{consent.active ? words.effects[consent.effect] : words.withdrawn}
      </span>
      <p>{consentSentence(consent, language)}</p>
      <p className="hint">{words.since(formatDate(consent.since, language))}{consent.onPaper && `, ${words.onPaper.toLowerCase()}`}{consent.complex && `. ${words.complex}`}</p>
      {consent.active && !asking && <button type="button" className="my-btn" onClick={() => setAsking(true)}>{words.withdraw}</button>}
      {consent.active && asking && (
        <div className="form-actions" role="group" aria-label={words.withdrawSure}>
          <button type="button" className="my-btn danger" disabled={busy} onClick={() => withdraw(consent.id)} autoFocus>{busy ? words.withdrawing : words.yes}</button>
          <button type="button" className="my-btn" onClick={() => setAsking(false)}>{words.no}</button>
        </div>
      )}
    </article>
  );
}
