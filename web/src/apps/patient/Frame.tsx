// What stands around the pages: the hospital and its telephone on top, the family, the strip without a network, the four tabs below.
import type { ReactNode } from 'react';
import { Icon, Mark, type IconName } from '../../kit/icons.tsx';
import { ApiError } from '../../lib/api.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { timeOf } from './days.ts';
import { useFamily } from './family.tsx';
import { callName } from './people.ts';
import { To, usePlace } from './place.tsx';
import { strings } from './strings.ts';

export function Frame({ children, family = false }: { children: ReactNode; family?: boolean }) {
  const { day } = useFamily();
  return (
    <div className="with-tabs">
      <header>
        <div className="top"><Mark size={30} /><b>{day.hospital.name}</b><CallForHelp /></div>
        {family && <FamilySwitch />}
        <OfflineStrip />
      </header>
      <main>{children}</main>
      <Tabs />
    </div>
  );
}

export function CallForHelp() {
  const words = useStrings(strings);
  const { phone } = useFamily().day.hospital;
  if (phone === undefined) return null;
  return <a className="call" href={`tel:${phone.replace(/[^\d+]/g, '')}`}><Icon name="phone" size={24} />{words.callForHelp}</a>;
}

function FamilySwitch() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day, person, choose } = useFamily();
  return (
    <div className="who" role="group" aria-label={words.lookingFor}>
      {day.people.map((one) => {
        const isChosen = one.patientId === person?.patientId;
        return (
          <button key={one.patientId} type="button" aria-pressed={isChosen} onClick={() => choose(one.patientId)}>
            {isChosen && <Icon name="check" size={20} />}{callName(one, language)}
          </button>
        );
      })}
      <To path="/family" className="add" label={words.addRelative}><Icon name="plus" size={24} /></To>
    </div>
  );
}

export function OfflineStrip() {
  const words = useStrings(strings);
  const { day } = useFamily();
  if (day.kept !== true) return null;
  return <p className="net" role="status"><Icon name="noWifi" size={24} />{words.offline(timeOf(new Date(day.at).toISOString()))}</p>;
}

const tabs: readonly (readonly [path: string, icon: IconName, word: 'today' | 'book' | 'family' | 'me'])[] = [
  ['/', 'home', 'today'], ['/book', 'calendar', 'book'], ['/family', 'people', 'family'], ['/me', 'person', 'me'],
];

function Tabs() {
  const words = useStrings(strings);
  const { path } = usePlace();
  return (
    <nav className="nav" aria-label={words.mainTabs}>
      {tabs.map(([to, icon, word]) => <To key={to} path={to} here={path === to}><Icon name={icon} size={24} />{words.tabs[word]}</To>)}
    </nav>
  );
}

export function Loading() {
  const words = useStrings(strings);
  return <main className="alone"><Mark size={48} /><p role="status">{words.loading}</p></main>;
}

export function NoConnection({ error, again }: { error: Error; again: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const isLost = !(error instanceof ApiError) || error.status === 0;
  return (
    <main className="alone">
      <Mark size={48} />
      <h1>{isLost ? words.noNetwork : words.failed}</h1>
      <p>{isLost ? words.noNetworkLead : error.text[language]}</p>
      <button type="button" className="primary" onClick={again}>{words.tryAgain}</button>
    </main>
  );
}

/** A refusal in the language of the screen, said beside what was refused. */
export function Refused({ error }: { error: Error | null }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  if (error === null) return null;
  return <p className="refused" role="alert"><Icon name="warning" size={24} /><span>{error instanceof ApiError ? error.text[language] : words.failed}</span></p>;
}
