import { type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { Mark } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { PatientSignIn } from '../../../modules/security/PatientSignIn.tsx';
import { useSignInWays } from '../../../modules/security/session.ts';
import { SetUpForm } from '../../../modules/security/SetUpForm.tsx';
import { SignInForm } from '../../../modules/security/SignInForm.tsx';
import { strings } from '../../../modules/security/strings.ts';
import { LanguageSwitch } from '../LanguageSwitch.tsx';

/** Drawn in place of the page one came for, which opens once one has signed in. */
export function SignInPage() {
  const words = useStrings(strings);
  const { data: ways } = useSignInWays();
  return (
    <Doorstep title={words.title} lead={words.lead}>
      <SignInForm>
        <div className="sign-in-links">
          <Link className="link" to="/sign-in/patient">{words.iAmPatient}</Link>
          {ways?.setup && <Link className="link" to="/setup">{words.setUpNow}</Link>}
        </div>
      </SignInForm>
    </Doorstep>
  );
}

/** The page before one is known: the mark, the language, one thing to do. */
export function Doorstep({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className="sign-in">
      <header><span className="sign-in-mark"><Mark size={30} /><b>Sen</b></span><LanguageSwitch /></header>
      <main>
        {children}
        {lead !== undefined && <p className="sign-in-lead c3">{lead}</p>}
      </main>
    </div>
  );
}

export function PatientSignInPage() {
  const words = useStrings(strings);
  const navigate = useNavigate();
  return (
    <Doorstep title={words.patientTitle} lead={words.help}>
      <PatientSignIn done={() => void navigate('/')} />
      <Link className="link" to="/">{words.iAmStaff}</Link>
    </Doorstep>
  );
}

export function SetUpPage() {
  const words = useStrings(strings);
  const navigate = useNavigate();
  return <Doorstep title={words.setUp}><SetUpForm done={() => void navigate('/')} /></Doorstep>;
}
