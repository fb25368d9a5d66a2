// Move to another room, send to stations, pause: one small form each.
import type { QueueRoom, QueueTurn, RoomLine, StationKind } from '@sen/contracts';
import { useState, type ReactNode } from 'react';
import { Sheet } from '../../../kit/Sheet.tsx';
import { useStrings } from '../../../lib/language.tsx';
import type { RoomAct } from './requests.ts';
import { strings } from './strings.ts';

interface FormProps {
  turn: QueueTurn;
  act: (act: RoomAct) => void;
  close: () => void;
}

const stationKinds: readonly StationKind[] = ['triage', 'payment', 'laboratory', 'imaging', 'procedure', 'pharmacy'];

export function TransferForm({ turn, act, close, rooms }: FormProps & { rooms: readonly RoomLine[] }) {
  const words = useStrings(strings);
  const others = rooms.filter(({ id, kind, state }) => id !== turn.roomId && kind === turn.kind && state !== 'closed').toSorted((a, b) => a.waiting - b.waiting);
  const [chosen, setChosen] = useState<string | undefined>(others[0]?.id);
  return (
    <Box title={words.transferTo(turn.name)} close={close} label={words.transfer} ready={chosen !== undefined} send={() => chosen !== undefined && act({ act: 'transfer', turn, toRoomId: chosen })}>
      <p className="c2">{others.length === 0 ? words.noOther : words.transferHint}</p>
      <fieldset className="choices"><legend className="vh">{words.room}</legend>
        {others.map(({ id, name, waiting, doctors }) => (
          <label key={id}><input type="radio" name="room" checked={id === chosen} onChange={() => setChosen(id)} /><span><b>{name}</b> {doctors.map(({ name: doctor }) => doctor).join(', ')}</span><span className="c2">{words.waitingThere(waiting)}</span></label>
        ))}
      </fieldset>
    </Box>
  );
}

export function SendForm({ turn, act, close }: FormProps) {
  const words = useStrings(strings);
  const [kinds, setKinds] = useState<readonly StationKind[]>(['payment', 'laboratory']);
  const [back, setBack] = useState(true);
  const toggle = (kind: StationKind) => setKinds(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
  return (
    <Box title={words.sendTo(turn.name)} close={close} label={words.send} ready={kinds.length > 0} send={() => act({ act: 'send', turn, stations: kinds.map((kind) => ({ kind })), back })}>
      <fieldset className="choices"><legend>{words.stations}</legend>
        {stationKinds.map((kind) => <label key={kind}><input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} /><span>{words.kinds[kind]}</span><b className="c-info">{kinds.includes(kind) ? kinds.indexOf(kind) + 1 : ''}</b></label>)}
      </fieldset>
      <label className="check"><input type="checkbox" checked={back} onChange={(event) => setBack(event.currentTarget.checked)} />{words.comesBack}</label>
    </Box>
  );
}

export function PauseForm({ room, act, close }: { room: QueueRoom; act: (act: RoomAct) => void; close: () => void }) {
  const words = useStrings(strings);
  const [minutes, setMinutes] = useState(15);
  const [why, setWhy] = useState('');
  return (
    <Box title={`${words.pauseTitle}: ${room.name}`} close={close} label={words.act.pause} ready send={() => act({ act: 'pause', minutes, ...(why.trim() === '' ? {} : { reason: why.trim() }) })}>
      <fieldset className="choices inline"><legend>{words.pauseFor}</legend>{[10, 15, 30, 60].map((one) => <label key={one}><input type="radio" name="minutes" checked={one === minutes} onChange={() => setMinutes(one)} /><span>{words.minutes(one)}</span></label>)}</fieldset>
      <label className="field"><span>{words.pauseWhy}</span><input value={why} maxLength={120} onChange={(event) => setWhy(event.currentTarget.value)} /></label>
    </Box>
  );
}

function Box({ title, label, ready, send, close, children }: { title: string; label: string; ready: boolean; send: () => void; close: () => void; children: ReactNode }) {
  const words = useStrings(strings);
  const submit = () => {
    send();
    close();
  };
  return (
    <Sheet title={title} close={close}>
      <form className="queue-form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        {children}
        <div className="actions"><button type="submit" className="btn primary" disabled={!ready}>{label}</button><button type="button" className="btn" onClick={close}>{words.cancel}</button></div>
      </form>
    </Sheet>
  );
}
