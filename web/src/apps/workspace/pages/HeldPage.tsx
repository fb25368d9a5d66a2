import type { OwnSession } from '@sen/contracts';
import { useStrings } from '../../../lib/language.tsx';
import { ConfirmProvider } from '../../../modules/security/confirm.tsx';
import { HeldForm } from '../../../modules/security/HeldForm.tsx';
import { LockScreen } from '../../../modules/security/LockScreen.tsx';
import { useSignOut } from '../../../modules/security/session.ts';
import { strings } from '../../../modules/security/strings.ts';
import { forgetOpenPatients } from '../open-patients.tsx';
import { Doorstep } from './SignInPage.tsx';

/** In place of every page while the session is held: locked, or something is owed first. */
export function HeldPage({ session }: { session: OwnSession }) {
  const words = useStrings(strings);
  const { id } = session.account;
  const signOut = useSignOut(() => forgetOpenPatients(id));
  if (session.held === 'locked') return <Doorstep title={words.locked}><LockScreen session={session} signOut={() => signOut.mutate()} /></Doorstep>;
  const held = session.held === 'must-change' ? 'must-change' : 'must-enrol';
  const title = held === 'must-change' ? words.mustChange : words.mustEnrol;
  return <ConfirmProvider><Doorstep title={title}><HeldForm key={held} held={held} signOut={() => signOut.mutate()} /></Doorstep></ConfirmProvider>;
}
