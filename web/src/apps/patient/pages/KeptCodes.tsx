// What the phone keeps of coming appointments when the session has ended by itself: who stands at the door needs the code, not a sign-in.
import { useQuery } from '@tanstack/react-query';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { dayOf, sayDay, timeOf } from '../days.ts';
import { readSealed } from '../device/sealed-store.ts';
import { CodePart } from '../home/Pass.tsx';
import { keptName, type MyDay } from '../my-day.ts';
import { strings } from '../strings.ts';

/** Two hours after its time nobody comes with it any more. */
const shownForMs = 2 * 3_600_000;

export function KeptCodes() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const kept = useQuery({ queryKey: ['kept-codes'], queryFn: readComing, networkMode: 'always', retry: false });
  const coming = kept.data ?? [];
  if (coming.length === 0) return null;
  return (
    <section aria-label={words.keptHere}>
      <h2 className="sec">{words.keptHere}</h2>
      {coming.map(({ id, qr, code, arriveAt, start }) => (
        <div className="card" key={id}>
          <CodePart qr={qr} title={`${sayDay(dayOf(start), language)}, ${timeOf(arriveAt)}`} line={<>{words.code} <b>{code}</b></>} kept />
        </div>
      ))}
    </section>
  );
}

async function readComing(): Promise<MyDay['coming']> {
  const kept = await readSealed<MyDay>(keptName);
  return kept?.coming.filter(({ state, start }) => state === 'booked' && Date.parse(start) + shownForMs > Date.now()) ?? [];
}
