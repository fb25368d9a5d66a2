// Those whom the machine at the door sent to the desk: who asks for help there first, and seen also while somebody stands here.
import { useEffect } from 'react';
import { ApiError } from '../../../../lib/api.ts';
import { dateParts } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { useCallNumber, useDeskNumbers, type DeskNumber } from '../../../../modules/booking/desk/kiosk-numbers.ts';
import { strings } from './strings.ts';
import { useUnhurriedKeys } from './unhurried-keys.ts';

const shown = 6;

/** `idle`: nobody stands at the desk, all are shown; else only who needs help, and what is being done at the desk stays as it is. */
export function KioskNumbers({ idle }: { idle: boolean }) {
  const { kiosk: words } = useStrings(strings);
  const { language } = useLanguage();
  const all = useDeskNumbers();
  const serve = useCallNumber();
  const { reset } = serve;
  useEffect(() => {
    if (!idle) reset(); // who was called stands here now
  }, [idle, reset]);
  const numbers = idle ? all : all.filter(({ help }) => help);
  const take = (one: DeskNumber) => {
    if (!serve.isPending) serve.mutate(one);
  };
  const next = all[0];
  useUnhurriedKeys(idle && next !== undefined ? { s: () => take(next) } : {});
  const calling = idle ? serve.data : undefined;
  if (numbers.length === 0 && calling === undefined && !serve.isError) return null;
  return (
    <section className="card arrival-several kiosk-numbers" aria-label={words.title}>
      <h2>{words.title} {idle && all.length > 0 && <span className="c2">{all.length}</span>}</h2>
      {calling !== undefined && <p className="kiosk-calling" role="status">{calling.help ? words.coming(calling.kiosk, calling.number) : words.calling(calling.number)}</p>}
      {serve.isError && <p className="field-error" role="alert">{serve.error instanceof ApiError ? serve.error.text[language] : words.failed}</p>}
      {all.length === 0 && <p className="c2">{words.nobody}</p>}
      <ul>{numbers.slice(0, shown).map((one) => (
        <li key={one.id}><button type="button" className="room-seat" onClick={() => take(one)}>
          <span><b>{one.number}</b> {one.help && <span className="pill warn">{words.help}</span>}<small className="c2">{words.at(dateParts(one.given)?.time ?? '', one.kiosk)}</small></span>
          <span>{one.help ? words.come : words.call}{idle && one.id === next?.id && <kbd>S</kbd>}</span>
        </button></li>
      ))}</ul>
      {numbers.length > shown && <p className="c3">{words.more(numbers.length - shown)}</p>}
    </section>
  );
}
