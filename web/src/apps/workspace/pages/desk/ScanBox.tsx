// Always listening: the scanner types from wherever the focus is; F2 puts the cursor here to type a name or a number, F4 reads with the camera.
import type * as contracts from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Icon } from '../../../../kit/icons.tsx';
import { Sheet } from '../../../../kit/Sheet.tsx';
import { ApiError, call } from '../../../../lib/api.ts';
import { useKeys } from '../../../../lib/keys.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { CameraScan } from '../../../../modules/identity/CameraScan.tsx';
import { useScanner } from '../../../../modules/identity/use-scanner.ts';
import { looksScanned, mayBeSpokenCode, paneOfMatches, paneOfReading, type Pane } from './desk-state.ts';
import { useReading } from './requests.ts';
import { strings } from './strings.ts';

export function ScanBox({ show }: { show: (pane: Pane) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [typed, setTyped] = useState('');
  const [camera, setCamera] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const end = (pane: Pane) => {
    setTyped('');
    setCamera(false);
    // Wherever the cursor stood, also in the search of the list: the next Enter is for the person who was found.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    show(pane);
  };
  const search = useMutation({
    mutationFn: (find: string) => call<typeof contracts.findPatients>('GET', '/api/patients', { find }),
    onSuccess: ({ matches }, find) => end(paneOfMatches(matches, find)),
  });
  const reading = useReading((answer, { text, typed: byHand = false }) => (answer.patients.length === 0 && mayBeSpokenCode(text) ? search.mutate(text) : end(paneOfReading(answer, byHand))));
  useScanner((text) => reading.mutate({ text }));
  useKeys({ f2: () => field.current?.focus(), f4: () => setCamera(true) });
  const ask = (text: string) => {
    if (text === '') return;
    if (looksScanned(text) || mayBeSpokenCode(text)) reading.mutate({ text, typed: true });
    else search.mutate(text);
  };
  const seen = (text: string) => {
    setCamera(false);
    reading.mutate({ text: text.normalize('NFC') });
  };
  const error = reading.error ?? search.error;
  const busy = reading.isPending || search.isPending;
  return (
    <form className="scan-box" role="search" onSubmit={(event) => { event.preventDefault(); ask(typed.trim()); }}>
      <Icon name="scan" size={24} className="c-info" />
      <label><b>{busy ? words.reading : words.scan}</b>
        <input ref={field} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={words.scanHint} autoComplete="off" spellCheck={false} onKeyDown={(event) => { if (event.key === 'Escape') { setTyped(''); event.currentTarget.blur(); } }} /></label>
      <kbd>F2</kbd>
      <button type="button" className="btn small" onClick={() => setCamera(true)} title={words.cameraTitle}><Icon name="camera" /><span className="vh">{words.camera}</span><kbd>F4</kbd></button>
      {error instanceof ApiError && <p className="field-error" role="alert">{error.text[language]}</p>}
      {camera && <Sheet title={words.cameraTitle} size={560} close={() => setCamera(false)}><CameraScan found={seen} instead={words.cameraInstead} /></Sheet>}
    </form>
  );
}
