import { useEffect } from 'react';
import { Mark } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { SignInForm } from '../../../modules/security/SignInForm.tsx';
import { strings } from '../../../modules/security/strings.ts';
import { LanguageSwitch } from '../LanguageSwitch.tsx';

export function SignInPage() {
  const words = useStrings(strings);
  useEffect(() => {
    document.title = `${words.title} – Sen`;
  }, [words.title]);
  return (
    <div className="sign-in">
      <header><span className="sign-in-mark"><Mark size={30} /><b>Sen</b></span><LanguageSwitch /></header>
      <main>
        <SignInForm />
        <p className="sign-in-lead c3">{words.lead}</p>
      </main>
    </div>
  );
}
