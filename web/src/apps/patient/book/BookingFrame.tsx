// Each step of booking: the way back, help, how far one is, and one question.
import type { ReactNode } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { CallForHelp, OfflineStrip } from '../Frame.tsx';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';

const steps = [1, 2, 3, 4];

export function BookingFrame({ step, title, lead, children, bar }: { step: number; title: string; lead?: string; children: ReactNode; bar?: ReactNode }) {
  const words = useStrings(strings);
  const { back } = usePlace();
  usePageTitle(title);
  return (
    <div className={bar === undefined ? 'booking' : 'booking with-bar'}>
      <header className="book-top">
        <div><button type="button" className="back" onClick={back}><Icon name="back" size={24} />{words.back}</button><CallForHelp /></div>
        <p className="progress"><span>{words.step(step)}</span>{steps.map((one) => <i key={one} className={one <= step ? 'on' : ''} />)}</p>
      </header>
      <OfflineStrip />
      <main><h1>{title}</h1>{lead !== undefined && <p className="lead">{lead}</p>}{children}</main>
      {bar !== undefined && <footer className="bar">{bar}</footer>}
    </div>
  );
}
