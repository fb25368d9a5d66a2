// An app asks the person at this screen: sign in first, then decide. Outside the workspace: nothing else is in view while one decides.
import { useDebouncedValue } from '@mantine/hooks';
import type { OwnSession } from '@sen/contracts';
import { useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { Failed } from '../../../kit/Feedback.tsx';
import { Mark } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { useFindPatients } from '../../../modules/identity/find-patients.ts';
import { PersonLine } from '../../../modules/identity/PersonLine.tsx';
import { AppQuestion } from '../../../modules/security/apps/AppQuestion.tsx';
import { strings } from '../../../modules/security/apps/strings.ts';
import { ConfirmProvider } from '../../../modules/security/confirm.tsx';
import { useScreenLock } from '../../../modules/security/screen-lock.ts';
import { useSession } from '../../../modules/security/session.ts';
import { LanguageSwitch } from '../LanguageSwitch.tsx';
import { HeldPage } from './HeldPage.tsx';
import { SignInPage } from './SignInPage.tsx';
import { Waiting } from './Waiting.tsx';

export function Component() {
  const { requestId = '' } = useParams();
  const session = useSession();
  if (requestId === 'problem') return <Frame><Problem /></Frame>;
  if (session.data === null) return <SignInPage />;
  if (session.data === undefined) return session.error === null ? <Waiting /> : <div className="whole-page"><Failed error={session.error} retry={() => void session.refetch()} /></div>;
  if (session.data.held !== undefined) return <HeldPage session={session.data} />;
  return <ConfirmProvider><Question requestId={requestId} session={session.data} /></ConfirmProvider>;
}

function Question({ requestId, session }: { requestId: string; session: OwnSession }) {
  useScreenLock(session.lockMinutes);
  return <Frame><AppQuestion requestId={requestId} account={session.account} Picker={Picker} /></Frame>;
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="app-frame">
      <header><span className="sign-in-mark"><Mark /><b>Sen</b></span><LanguageSwitch /></header>
      {children}
    </div>
  );
}

function Picker({ choose }: { choose: (patientId: string) => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const found = useFindPatients(asked);
  return (
    <div className="app-picker">
      <input type="search" aria-label={words.findPatient} placeholder={words.findPatient} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      {found.error !== null && <Failed error={found.error} retry={() => void found.refetch()} />}
      <ul>{(asked === '' ? [] : (found.data?.matches ?? [])).map((person) => <li key={person.id}><button type="button" onClick={() => choose(person.id)}><PersonLine person={person} typed={typed} /></button></li>)}</ul>
      {asked !== '' && found.data?.matches.length === 0 && <p role="status" className="c3">{words.noMatch}</p>}
    </div>
  );
}

/** What went wrong before there was a question; the address tells only a code. */
function Problem() {
  const words = useStrings(strings);
  const [search] = useSearchParams();
  return (
    <main className="app-question">
      <h1>{words.problem}</h1>
      <p>{words.problems[search.get('code') ?? ''] ?? words.problemOther}</p>
      <div className="app-buttons"><Link className="btn" to="/">{words.problemBack}</Link></div>
    </main>
  );
}
