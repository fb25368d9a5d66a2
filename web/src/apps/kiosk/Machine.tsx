// A visit to the machine, from a scan to a number; with what makes it usable from a wheelchair, with weak eyes, and in another language.
import { useCallback, useEffect, useState } from 'react';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useScanner } from '../../modules/identity/use-scanner.ts';
import { Answer } from './Answer.tsx';
import { Keypad } from './Keypad.tsx';
import { Slip } from './Slip.tsx';
import { Start } from './Start.tsx';
import { strings } from './strings.ts';
import { told } from './told.ts';
import { useCheckIn, isBirth, kindOf } from './use-check-in.ts';
import { useIdle } from './use-idle.ts';
import { Ways, type WayOfUse } from './Ways.tsx';

/** `/kiosk?print`: every number is printed by itself (start Chromium with --kiosk-printing, else it asks). */
const printsItself = new URLSearchParams(location.search).has('print');
const usual: WayOfUse = { large: false, low: false };

export function Machine({ facilityName, offset, ask }: { facilityName: string; offset: number; ask: () => void }) {
  const words = useStrings(strings);
  const { language, choose } = useLanguage();
  const [way, setWay] = useState(usual);
  const { view, show, scan, typed, takeNumber } = useCheckIn(ask);
  useScanner(scan);
  const end = useCallback(() => {
    show({ at: 'start' });
    setWay(usual);
    choose('vi');
  }, [show, choose]);
  const left = useIdle(view.at !== 'reading' && (view.at !== 'start' || way !== usual || language !== 'vi'), end);
  const shown = told(view, words, language);
  usePrinted(printsItself ? shown?.number : undefined);
  const back = () => show({ at: 'start' });
  return (
    <div className={['machine', way.large && 'large', way.low && 'low'].filter(Boolean).join(' ')}>
      {(view.at === 'start' || view.at === 'reading') && <Start reading={view.at === 'reading'} typeNumber={() => show({ at: 'number' })} takeNumber={takeNumber} />}
      {view.at === 'number' && <Keypad key="number" title={words.number} hint={words.numberHint} most={12} group={3} right={(digits) => kindOf(digits) !== undefined} back={back}
        next={(digits) => (kindOf(digits) === 'code' ? scan(digits) : show({ at: 'born', number: digits }))} />}
      {view.at === 'born' && <Keypad key="born" title={words.born} hint={words.bornHint} most={8} group={2} right={(digits) => isBirth(digits, Date.now() + offset)} back={() => show({ at: 'number' })}
        next={(digits) => typed(view.number, digits)} />}
      {shown !== undefined && <Answer key={shown.title} told={shown} done={end} retry={() => show({ at: 'number' })} takeNumber={takeNumber} />}
      <Ways way={way} change={setWay} spoken={shown?.spoken ?? (view.at === 'start' ? `${words.please.join(' ')}. ${words.also}.` : undefined)} />
      {left !== undefined && <button type="button" className="closing">{words.closing(left)}<b>{words.stay}</b></button>}
      {shown?.number !== undefined && <Slip facilityName={facilityName} told={shown} offset={offset} />}
    </div>
  );
}

function usePrinted(number: string | undefined): void {
  useEffect(() => {
    if (number !== undefined) window.print();
  }, [number]);
}
