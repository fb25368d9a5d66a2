// The frame of every page: rail by task, top bar, the page itself.
import { useState } from 'react';
import { Outlet, useMatch, useNavigate } from 'react-router';
import { useKeys } from '../../lib/keys.ts';
import { useStrings } from '../../lib/language.tsx';
import { useSession } from '../../modules/security/session.ts';
import type { SignedInAccount } from '@sen/contracts';
import { Failed } from '../../kit/Feedback.tsx';
import { FindPalette } from './FindPalette.tsx';
import { KeySheet } from './KeySheet.tsx';
import { OpenPatientsProvider, useOpenPatients } from './open-patients.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { Waiting } from './pages/Waiting.tsx';
import { Rail } from './Rail.tsx';
import { strings } from './strings.ts';
import { TopBar } from './TopBar.tsx';

export function Shell() {
  const session = useSession();
  if (session.data === null) return <SignInPage />;
  if (session.data !== undefined) return <OpenPatientsProvider key={session.data.id} accountId={session.data.id}><Frame account={session.data} /></OpenPatientsProvider>;
  if (session.error !== null) return <div className="whole-page"><Failed error={session.error} retry={() => void session.refetch()} /></div>;
  return <Waiting />;
}

function Frame({ account }: { account: SignedInAccount }) {
  const words = useStrings(strings);
  const navigate = useNavigate();
  const { ids } = useOpenPatients();
  const [finding, setFinding] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const inChart = useMatch('/patients/:patientId/*') !== null;
  const toTab = (at: number) => {
    const id = ids[at];
    if (id !== undefined) void navigate(`/patients/${id}/summary`);
  };
  useKeys({
    'ctrl+k': () => setFinding(true),
    '?': () => setKeysShown(true),
    ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((at) => [`alt+${at + 1}`, () => toTab(at)])),
  });
  return (
    <div className={inChart ? 'app narrow' : 'app'}>
      <a className="skip" href="#content">{words.skip}</a>
      <Rail narrow={inChart} showKeys={() => setKeysShown(true)} />
      <TopBar account={account} find={() => setFinding(true)} />
      <main id="content" tabIndex={-1}><Outlet /></main>
      {finding && <FindPalette close={() => setFinding(false)} showKeys={() => setKeysShown(true)} />}
      {keysShown && <KeySheet close={() => setKeysShown(false)} />}
    </div>
  );
}
