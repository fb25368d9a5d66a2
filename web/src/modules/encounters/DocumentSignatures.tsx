// Who signed a document, when, and whether it still holds; and signing it.
import type { DocumentSignature } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { ApiError } from '../../lib/api.ts';
import { formatDateTime, glued } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useSign, useSignatures } from './requests.ts';
import { signatureWords } from './signature-words.ts';
import './signatures.css';

export function DocumentSignatures({ patientId, documentId }: { patientId: string; documentId: string }) {
  const words = useStrings(signatureWords);
  const { data } = useSignatures(patientId, documentId);
  const [signing, setSigning] = useState(false);
  if (data === undefined || (data.signatures.length === 0 && !data.maySign)) return null;
  return (
    <section className="signatures" aria-label={words.signatures}>
      {data.signatures.map((signature, at) => <SignatureLine key={at} signature={signature} />)}
      {data.maySign && !signing && (
        <div className="signatures-act">
          {data.signatures.length === 0 && <span className="c3">{words.unsigned}</span>}
          <button type="button" className="btn small" onClick={() => setSigning(true)}>{words.sign}</button>
        </div>
      )}
      {signing && <SignForm patientId={patientId} documentId={documentId} done={() => setSigning(false)} />}
    </section>
  );
}

const looks = { valid: 'ok', untimestamped: 'ok', untrusted: 'warn', broken: 'bad' } as const;

function SignatureLine({ signature }: { signature: DocumentSignature }) {
  const words = useStrings(signatureWords);
  const { language } = useLanguage();
  const { state, signer, organization, signedAt, reason, revocation } = signature;
  const look = looks[state];
  const when = signedAt === undefined ? undefined : formatDateTime(signedAt, language);
  const who = [signer === undefined ? words.unknownSigner : glued(signer), organization].filter((one) => one !== undefined).join(', ');
  const why = reason === undefined ? undefined : words.reasons[reason];
  return (
    <div className={`note${look === 'bad' ? ' bad' : ''}`}>
      <div className="what">
        <b>{who}</b>
        <small>{[when === undefined || state === 'valid' ? when : words.claimed(when), signature.format].filter((one) => one !== undefined).join(' · ')}</small>
        {why !== undefined && <p>{why}</p>}
        {look === 'ok' && revocation === 'not-checked' && <small>{words.notChecked}</small>}
      </div>
      <span className={`pill ${look}`}>{look !== 'ok' && <Icon name="warning" size={13} />}{words.states[state]}</span>
    </div>
  );
}

function SignForm({ patientId, documentId, done }: { patientId: string; documentId: string; done: () => void }) {
  const words = useStrings(signatureWords);
  const { language } = useLanguage();
  const [pin, setPin] = useState('');
  const id = useId();
  const sign = useSign(patientId, documentId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pin.length >= 6) sign.mutate(pin, { onSuccess: done });
  };
  return (
    <form className="signatures-form" onSubmit={submit} noValidate>
      <label htmlFor={id}>{words.pin}</label>
      <input id={id} type="password" inputMode="numeric" autoComplete="off" value={pin} maxLength={64} autoFocus onChange={(event) => setPin(event.currentTarget.value)} aria-invalid={sign.error !== null} />
      <button type="submit" className="btn small primary" disabled={sign.isPending || pin.length < 6}>{sign.isPending ? words.signing : words.sign}</button>
      <button type="button" className="btn small" onClick={done}>{words.cancel}</button>
      {sign.error !== null && <p className="field-error" role="alert">{sign.error instanceof ApiError ? sign.error.text[language] : words.failed}</p>}
    </form>
  );
}
