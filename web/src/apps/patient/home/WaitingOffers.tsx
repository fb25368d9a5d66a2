// What one waits for, and a seat that became free.
import type * as contracts from '@sen/contracts';
import type { BookingHold, WaitingEntry } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useBooking } from '../book/booking-choices.tsx';
import { sayDay, sayStart, timeOf } from '../days.ts';
import { useFamily } from '../family.tsx';
import { Refused } from '../Frame.tsx';
import { forgetDay } from '../my-day.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';

export function WaitingOffers({ patientId, now }: { patientId: string; now: number }) {
  const words = useStrings(strings);
  const entries = useFamily().day.waiting.filter((one) => one.patientId === patientId && (one.state === 'waiting' || one.state === 'offered'));
  if (entries.length === 0) return null;
  return <><h2 className="sec">{words.waitingFor}</h2>{entries.map((entry) => <Entry key={entry.id} entry={entry} now={now} />)}</>;
}

function Entry({ entry, now }: { entry: WaitingEntry; now: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { take } = useBooking();
  const { go } = usePlace();
  const leave = useMutation({ mutationFn: () => call<typeof contracts.leaveWaitingList>('DELETE', '/api/booking/waiting-list/:entryId', { entryId: entry.id }), onSuccess: () => forgetDay(queries) });
  const accept = (offer: BookingHold) => {
    take(entry.patientId, offer);
    go('/book/check');
  };
  const { offer } = entry;
  const isOffered = entry.state === 'offered' && offer !== undefined && Date.parse(offer.until) > now;
  return (
    <article className={isOffered ? 'card offer' : 'card'}>
      <b>{[entry.specialty?.name, entry.doctor?.name].filter((one) => one !== undefined).join(', ')}</b>
      {isOffered
        ? <><p role="status"><Icon name="bell" size={24} />{words.seatFree(sayStart(offer.start, now, language), timeOf(offer.until))}</p><button type="button" className="secondary" onClick={() => accept(offer)}>{words.takeSeat}</button></>
        : <p>{words.waitingUntil(sayDay(entry.from, language, 'short'), sayDay(entry.until, language, 'short'))}</p>}
      <Refused error={leave.error} />
      <button type="button" className="quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>{words.waitNoMore}</button>
    </article>
  );
}
