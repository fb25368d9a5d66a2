// What the person owes before the workspace opens: a password of one's own, a second factor.
import { useState } from 'react';
import { useStrings } from '../../lib/language.tsx';
import { ChangePasswordForm } from './ChangePasswordForm.tsx';
import { AppSetup, PasskeySetup, RecoveryCodes, useFactorsChanged } from './factors.tsx';
import { strings } from './strings.ts';

export function HeldForm({ held, signOut }: { held: 'must-change' | 'must-enrol'; signOut: () => void }) {
  const words = useStrings(strings);
  return (
    <div className="sign-in-form wide">
      <h1>{held === 'must-change' ? words.mustChange : words.mustEnrol}</h1>
      <p className="c2">{held === 'must-change' ? words.mustChangeLead : words.mustEnrolLead}</p>
      {held === 'must-change' ? <ChangePasswordForm done={() => undefined} /> : <Enrol />}
      <div className="sign-in-links"><button type="button" className="link" onClick={signOut}>{words.signOut}</button></div>
    </div>
  );
}

function Enrol() {
  const words = useStrings(strings);
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = useFactorsChanged();
  const done = (given: readonly string[]) => (given.length === 0 ? void changed() : setCodes(given));
  if (codes !== undefined) return <RecoveryCodes codes={codes} done={() => void changed()} />;
  return (
    <div className="enrol">
      <section><h2>{words.passkeys}</h2><p className="c3">{words.passkeyLead}</p><PasskeySetup done={done} /></section>
      <section><h2>{words.app}</h2><AppSetup done={done} /></section>
    </div>
  );
}
