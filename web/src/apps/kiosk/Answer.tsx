// The number and the way, as large as the screen allows; or what went otherwise, and what to do now.
import { Icon } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';
import type { Told } from './told.ts';
import { useHeading } from './use-heading.ts';

interface Shown {
  readonly told: Told;
  readonly done: () => void;
  readonly retry: () => void;
  readonly takeNumber: (help: boolean) => void;
}

export function Answer({ told, done, retry, takeNumber }: Shown) {
  const words = useStrings(strings);
  const heading = useHeading();
  const { tone, title, text, number, numberLabel, room, way, at, lines, offers } = told;
  return (
    <main className={`answer ${tone}`}>
      <h1 ref={heading} tabIndex={-1}>{tone === 'problem' && <Icon name="warning" size={96} />}{title}</h1>
      {number !== undefined && (
        <section className="ticket" aria-label={numberLabel}>
          <p>{numberLabel}</p>
          <strong>{number}</strong>
          {room !== undefined && <b>{room}</b>}
          {way !== undefined && <span>{way}</span>}
        </section>
      )}
      <div className="facts">
        {at !== undefined && <p><Icon name="clock" size={56} />{words.at} <b>{at}</b></p>}
        {text !== undefined && <p className="note"><Icon name="info" size={56} />{text}</p>}
        {lines.map((line) => <p key={line}><Icon name="check" size={56} />{line}</p>)}
      </div>
      <div className="acts pair">
        {offers === 'retry' && <button type="button" onClick={retry}><Icon name="retry" size={56} />{words.retry}</button>}
        {offers === 'retry' && <button type="button" onClick={() => takeNumber(false)}><Icon name="document" size={56} />{words.noBooking}</button>}
        {number !== undefined && <button type="button" onClick={() => window.print()}><Icon name="printer" size={56} />{words.print}</button>}
        {number === undefined && offers !== 'retry' && <button type="button" onClick={() => takeNumber(true)}><Icon name="hand" size={56} />{words.help}</button>}
        <button type="button" className="primary" onClick={done}><Icon name="check" size={56} />{words.done}</button>
      </div>
    </main>
  );
}
