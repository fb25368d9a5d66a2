// The frame of every page: rail by task, top bar, the page itself; and what stands before it while nobody, or not quite somebody, is here.
import type { OwnSession } from '@sen/contracts';
import { useState } from 'react';
import { Navigate, Outlet, useLocation, useMatch, useNavigate } from 'react-router';
import { Failed } from '../../kit/Feedback.tsx';
import { useKeys } from '../../lib/keys.ts';
import { useStrings } from '../../lib/language.tsx';
import { ConfirmProvider } from '../../modules/security/confirm.tsx';
import { RunningEmergencies } from '../../modules/security/emergency/RunningEmergencies.tsx';
import { FailuresNote } from '../../modules/security/FailuresNote.tsx';
import { useLockNow, useOtherTabs, useScreenLock } from '../../modules/security/screen-lock.ts';
import { useSession } from '../../modules/security/session.ts';
import { FindPalette } from './FindPalette.tsx';
import { KeySheet } from './KeySheet.tsx';
import { isOwnOnly, MyFrame } from './MyFrame.tsx';
import { OpenPatientsProvider, useOpenPatients } from './open-patients.tsx';
import { HeldPage } from './pages/HeldPage.tsx';
import { SignInPage } from './pages/SignInPage.tsx';
import { StartPage } from './pages/StartPage.tsx';
import { Waiting } from './pages/Waiting.tsx';
import { useKeptPlace } from './kept-place.ts';
import { startOf } from './places.ts';
import { Rail } from './Rail.tsx';
import { strings } from './strings.ts';
import { TopBar } from './TopBar.tsx';

export function Shell() {
  const session = useSession();
  useOtherTabs();
  useKeptPlace(session.data ?? undefined);
  if (session.data === null) return <SignInPage />;
  if (session.data?.held !== undefined) return <HeldPage session={session.data} />;
  if (session.data !== undefined) return <Open key={session.data.account.id} session={session.data} />;
  if (session.error !== null) return <div className="whole-page"><Failed error={session.error} retry={() => void session.refetch()} /></div>;
  return <Waiting />;
}

function Open({ session }: { session: OwnSession }) {
  useScreenLock(session.lockMinutes);
  return <ConfirmProvider><OpenPatientsProvider accountId={session.account.id}><Frame session={session} /></OpenPatientsProvider></ConfirmProvider>;
}

function Frame({ session }: { session: OwnSession }) {
  const words = useStrings(strings);
  const navigate = useNavigate();
  const { ids } = useOpenPatients();
  const lock = useLockNow();
  const [finding, setFinding] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const { pathname, key } = useLocation();
  const inChart = useMatch('/patients/:patientId/*') !== null;
  const toTab = (at: number) => {
    const id = ids[at];
    if (id !== undefined) void navigate(`/patients/${id}/summary`);
  };
  useKeys({
    'ctrl+k': () => setFinding(true),
    '?': () => setKeysShown(true),
    ...(session.lockMinutes === undefined ? {} : { 'alt+l': lock }),
    ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((at) => [`alt+${at + 1}`, () => toTab(at)])),
  });
  if (isOwnOnly(session.account)) return <MyFrame account={session.account} />;
  const start = startOf(session.permissions);
  if (pathname === '/' && start !== undefined && start !== '/') return <Navigate key={key} to={start} replace />; // a new one for each time one comes here
  return (
    <div className={inChart ? 'app narrow' : 'app'}>
      <a className="skip" href="#content">{words.skip}</a>
      <Rail permissions={session.permissions} narrow={inChart} showKeys={() => setKeysShown(true)} />
      <TopBar session={session} find={() => setFinding(true)} lock={lock} />
      <main id="content" tabIndex={-1}><FailuresNote />{pathname === '/' && start === undefined ? <StartPage session={session} /> : <Outlet />}</main>
      <RunningEmergencies mayOpen={session.permissions.includes('emergency.open')} />
      {finding && <FindPalette permissions={session.permissions} close={() => setFinding(false)} showKeys={() => setKeysShown(true)} />}
      {keysShown && <KeySheet close={() => setKeysShown(false)} />}
    </div>
  );
}
