// Those whom the machine at the door sent to the desk, while nobody stands here: who asks for help first.
import { dateParts } from '../../../../lib/format.ts';
import { useStrings } from '../../../../lib/language.tsx';
import { useDeskNumbers, useServeNumber } from '../../../../modules/booking/desk/requests.ts';
import type { Pane } from './desk-state.ts';
import { strings } from './strings.ts';
import { useUnhurriedKeys } from './unhurried-keys.ts';

export function KioskNumbers({ choose }: { choose: (pane: Pane) => void }) {
  const words = useStrings(strings);
  const numbers = useDeskNumbers().data?.numbers ?? [];
  const serve = useServeNumber();
  const first = numbers[0];
  const take = (id: string) => serve.mutate(id, { onSuccess: () => choose({ kind: 'idle' }) });
  useUnhurriedKeys(first === undefined ? {} : { s: () => take(first.id) });
  return (
    <section className="card arrival-several" aria-label={words.kioskNumbers}>
      <h2>{words.kioskNumbers}</h2>
      {numbers.length === 0 && <p className="c2">{words.noNumbers}</p>}
      <ul>{numbers.slice(0, 8).map(({ id, number, given, help }, at) => (
        <li key={id}><button type="button" className="room-seat" onClick={() => take(id)}><span><b>{number}</b> {dateParts(given)?.time} {help && <span className="pill warn">{words.help}</span>}</span><span>{words.serve}{at === 0 && <kbd>S</kbd>}</span></button></li>
      ))}</ul>
    </section>
  );
}
