// The frame of those who use the hospital and do not work in it: large, one thing at a time, no rail.
import type { SignedInAccount } from '@sen/contracts';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { Icon, Mark } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import '../../modules/security/privacy.css';
import { useSignOut } from '../../modules/security/session.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { forgetOpenPatients } from './open-patients.tsx';
import { strings } from './strings.ts';

const own = new Set(['patient', 'relative']);

/** Whether an account is only of a patient, or of somebody who acts for one. */
export function isOwnOnly({ roles }: SignedInAccount): boolean {
  return roles.length > 0 && roles.every((role) => own.has(role));
}

export function MyFrame({ account }: { account: SignedInAccount }) {
  const words = useStrings(strings);
  const { pathname } = useLocation();
  const signOut = useSignOut(() => forgetOpenPatients(account.id));
  if (!pathname.startsWith('/my')) return <Navigate to="/my" replace />;
  return (
    <div className="my">
      <a className="skip" href="#content">{words.skip}</a>
      <header className="my-top">
        {pathname === '/my' ? <Link to="/my"><Mark />Sen</Link> : <Link to="/my"><Icon name="back" size={22} />{words.my.title}</Link>}
        <span className="space" />
        <LanguageSwitch />
        <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}><Icon name="out" size={20} /><span className="out-word">{words.signOut}</span></button>
      </header>
      <main id="content" tabIndex={-1}><Outlet /></main>
    </div>
  );
}
