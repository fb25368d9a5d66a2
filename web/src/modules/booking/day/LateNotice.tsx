// A room that runs late: how late, whom it concerns, and their new times before anything is sent.
import { useState } from 'react';
import { Failed } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { Sheet } from '../../../kit/Sheet.tsx';
import { dateParts } from '../../../lib/format.ts';
import { useStrings } from '../../../lib/language.tsx';
import { useLateNotice, type RoomDay } from './requests.ts';
import { strings } from './strings.ts';

/** Below this nobody would come later for it. */
const worthTelling = 10;

export function LateNotice({ day }: { day: RoomDay }) {
  const words = useStrings(strings);
  const [put, setPut] = useState(0);
  const [reviewing, setReviewing] = useState(false);
  const notice = useLateNotice(day.room.id);
  const told = notice.data?.told;
  if (told !== undefined && !reviewing) return <p className="room-note" role="status"><Icon name="check" size={18} className="c-ok" />{words.told(told)}</p>;
  if (day.lateMinutes < Math.max(worthTelling, put) || day.toTell === 0) return null;
  return (
    <div className="room-note warn">
      <Icon name="clock" size={18} /><span><b>{words.late(day.lateMinutes)}</b>{words.lateRest(day.toTell)}</span>
      <button type="button" className="btn" onClick={() => setPut(day.lateMinutes + 10)}>{words.later}</button>
      <button type="button" className="btn" onClick={() => setReviewing(true)}>{words.review(day.toTell)}</button>
      {reviewing && <Review day={day} notice={notice} close={() => setReviewing(false)} />}
    </div>
  );
}

function Review({ day, notice, close }: { day: RoomDay; notice: ReturnType<typeof useLateNotice>; close: () => void }) {
  const words = useStrings(strings);
  const [minutes, setMinutes] = useState(Math.ceil(day.lateMinutes / 5) * 5);
  const people = day.rows.filter(({ state, start }) => state === 'expected' && start !== undefined);
  return (
    <Sheet title={words.noticeTitle} size={560} close={close}>
      <form className="queue-form" onSubmit={(event) => { event.preventDefault(); notice.mutate(minutes, { onSuccess: close }); }}>
        <p className="c2">{words.noticeHint(minutes)}</p>
        <label className="field"><span>{words.minutesLate}</span><input type="number" min={5} max={240} step={5} value={minutes} onChange={(event) => setMinutes(Math.max(5, event.currentTarget.valueAsNumber || 5))} /></label>
        <table className="new-times"><thead><tr><th scope="col">{words.name}</th><th scope="col">{words.was}</th><th scope="col">{words.becomes}</th></tr></thead>
          <tbody>{people.map(({ key, name, start }) => <tr key={key}><th scope="row">{name}</th><td>{dateParts(start ?? '')?.time}</td><td className="b">{dateParts(new Date(Date.parse(start ?? '') + minutes * 60_000).toISOString())?.time}</td></tr>)}</tbody></table>
        {notice.error !== null && <Failed error={notice.error} retry={() => notice.mutate(minutes, { onSuccess: close })} />}
        <div className="actions"><button type="submit" className="btn primary" disabled={notice.isPending}>{words.send(day.toTell)}</button><button type="button" className="btn" onClick={close}>{words.cancel}</button></div>
      </form>
    </Sheet>
  );
}
