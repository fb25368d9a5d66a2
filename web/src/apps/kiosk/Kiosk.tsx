// The machine at the door of the hospital: one scan, and one has a number and a way. It knows no name but a given name, and forgets it in half a minute.
import { useEffect } from 'react';
import { Icon, Mark } from '../../kit/icons.tsx';
import { dateParts } from '../../lib/format.ts';
import { useMinute } from '../../lib/clock.ts';
import { useStrings } from '../../lib/language.tsx';
import { Machine } from './Machine.tsx';
import { OtherAccount, SignIn } from './SignIn.tsx';
import { strings } from './strings.ts';
import { useServer } from './use-server.ts';

export function Kiosk() {
  const words = useStrings(strings);
  const { state, ask } = useServer();
  useWakeLock();
  useEffect(() => {
    document.title = `${words.page} – Sen`;
  }, [words]);
  if (state.at === 'signed-out') return <SignIn done={ask} />;
  if (state.at === 'other-account') return <OtherAccount done={ask} />;
  if (state.at !== 'ready') return <main className="alone"><Mark size={96} /><h1>{words.loading}</h1></main>;
  const { shown, offset, lost } = state;
  return (
    <>
      <Head name={shown.facilityName ?? ''} offset={offset} />
      {lost ? <Lost /> : <Machine facilityName={shown.facilityName ?? ''} offset={offset} ask={ask} />}
    </>
  );
}

function Head({ name, offset }: { name: string; offset: number }) {
  const now = useMinute() + offset;
  return <header><Mark size={80} /><b>{name}</b><time>{dateParts(new Date(now).toISOString())?.time}</time></header>;
}

function Lost() {
  const words = useStrings(strings);
  return <main className="lost"><Icon name="noWifi" size={160} /><div role="alert"><h1>{words.lost}</h1><p>{words.lostHint}</p></div></main>;
}

/** A dark machine receives nobody. Asked again whenever the page is seen again, for the browser drops it. */
function useWakeLock(): void {
  useEffect(() => {
    const ask = () => void navigator.wakeLock?.request('screen').catch(() => undefined); // without it the machine's own settings decide
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, []);
}
