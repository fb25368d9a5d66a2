// The pass: a lotus panel with the one next step, and the code below it. One per page.
import type { ReactNode } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { QrCode } from '../../../modules/security/QrCode.tsx';
import { strings } from '../strings.ts';
import { FloorPicture } from './FloorPicture.tsx';

interface Part {
  readonly eyebrow: string;
  readonly aside?: string | undefined;
  readonly title: string;
  readonly where?: string | undefined;
  readonly wait: string;
  readonly waitMore?: string | undefined;
  readonly way?: { readonly room: string; readonly words: string | undefined };
  readonly isCalled?: boolean;
  readonly note?: string | undefined;
}

export function Pass({ part, code, children }: { part: Part; code?: ReactNode; children?: ReactNode }) {
  const words = useStrings(strings);
  return (
    <section className="pass" aria-label={words.nextStep}>
      <div className="next" {...(part.isCalled === true && { role: 'alert' })}>
        <Petals />
        <p className="eyebrow">{part.eyebrow}{part.aside !== undefined && <span>{part.aside}</span>}</p>
        <h1>{part.title}</h1>
        {part.where !== undefined && part.where !== '' && <p className="at">{part.where}</p>}
        <div className="wait"><b>{part.wait}</b>{part.waitMore !== undefined && <span>{part.waitMore}</span>}</div>
        {part.way !== undefined && <FloorPicture room={part.way.room} way={part.way.words} />}
      </div>
      {part.note !== undefined && <p className="late"><Icon name="clock" size={24} />{part.note}</p>}
      {code}
      {children}
    </section>
  );
}

export function CodePart({ qr, title, line, kept }: { qr: string; title: string; line: ReactNode; kept: boolean }) {
  const words = useStrings(strings);
  return (
    <div className="code">
      <div className="qrb"><QrCode text={qr} label={words.qrLabel} /></div>
      <div>
        <h2>{title}</h2>
        <p>{line}</p>
        <p className="off"><Icon name="check" size={20} /><span>{kept ? words.worksNow : words.worksOffline}</span></p>
      </div>
    </div>
  );
}

function Petals() {
  return (
    <svg className="petals" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 3C14.9 6 16.2 9 16.2 11.8 16.2 14.8 14.7 17.3 12 19.3 9.3 17.3 7.8 14.8 7.8 11.8 7.8 9 9.1 6 12 3Z" />
      <path d="M1 8.2C3 7.8 4.9 8.2 6.500 9.1 6.300 10 6.200 10.900 6.200 11.800 6.200 15.100 7.700 18 10.400 20.100 5.200 20.400 1 16 1 8.200Z" />
      <path d="M23 8.2C21 7.800 19.100 8.200 17.500 9.100 17.700 10 17.800 10.900 17.800 11.800 17.800 15.100 16.300 18 13.600 20.100 18.800 20.400 23 16 23 8.200Z" />
    </svg>
  );
}
