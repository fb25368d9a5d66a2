// Calls now, and those whom the hospital must call.
import type { SwitchboardCall } from '@sen/contracts';
import { Icon } from '../../../../kit/icons.tsx';
import { dateParts, formatDateTime, glued } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { useMarkCalled, useToCall } from '../../../../modules/booking/operator/requests.ts';
import { strings } from './strings.ts';

export function Calls({ calls, take }: { calls: readonly SwitchboardCall[]; take: (call: SwitchboardCall) => void }) {
  const words = useStrings(strings);
  return (
    <section className="op-part" aria-label={words.calls}>
      <h2>{words.calls}</h2>
      {calls.length === 0 && <p className="c2">{words.noCalls}</p>}
      <ul>{calls.map((call) => (
        <li key={call.id} className={call.mine ? 'op-call mine' : 'op-call'}>
          <Icon name="phone" className={call.state === 'ringing' ? 'c-warn' : 'c3'} />
          <div><b>{call.from ?? words.withheld}</b> <span className="c2">{words.states[call.state]}, {dateParts(call.began)?.time}</span>
            <small className="c2">{[call.patients.map(({ name }) => name).join(', '), call.handedOver === undefined ? '' : words.handed[call.handedOver], call.takenBy === undefined ? '' : words.takenBy(call.takenBy)].filter(Boolean).join(' · ')}</small></div>
          {(call.takenBy === undefined || call.mine) && <button type="button" className="btn small" onClick={() => take(call)}>{words.take}</button>}
        </li>
      ))}</ul>
    </section>
  );
}

export function ToCall({ open }: { open: (patientId: string, name: string) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const list = useToCall().data?.appointments ?? [];
  const mark = useMarkCalled();
  return (
    <section className="op-part" aria-label={words.toCall}>
      <h2>{words.toCall} <span className="c3">{list.length}</span></h2>
      {list.length === 0 && <p className="c2">{words.noToCall}</p>}
      <ul>{list.map((one) => (
        <li key={one.id} className="op-call">
          <div><button type="button" className="link" onClick={() => { if (one.patientId !== undefined) open(one.patientId, one.patientName); }}>{one.patientName}</button> <b>{one.phone}</b>
            <small className="c2">{formatDateTime(one.start, language)} · {glued(one.doctor?.name ?? one.room.name)} · {words.whys[one.why] ?? one.why}</small></div>
          <button type="button" className="btn small" onClick={() => mark.mutate({ appointmentId: one.id, reached: true })}>{words.reached}</button>
          <button type="button" className="btn small" onClick={() => mark.mutate({ appointmentId: one.id, reached: false })}>{words.notReached}</button>
        </li>
      ))}</ul>
    </section>
  );
}
