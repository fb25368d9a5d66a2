// The list of one room for whoever works there: doctor, nurse, cashier, laboratory. What stands around it (clinic strip, lateness) comes from the page.
import type { QueueTurn, RoomQueue } from '@sen/contracts';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../../lib/api.ts';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts } from '../../../lib/format.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import type { LiveState } from '../../../lib/live.ts';
import { LiveMark } from './LiveMark.tsx';
import { NowNext } from './NowNext.tsx';
import { QueueList } from './QueueList.tsx';
import { useRoomAct, useRooms, type RoomAct } from './requests.ts';
import { strings } from './strings.ts';
import { TriageForm } from './TriageForm.tsx';
import { PauseForm, SendForm, TransferForm } from './TurnForms.tsx';
import { TurnMenu, type TurnForm } from './TurnMenu.tsx';
import './queue.css';

interface Props {
  queue: RoomQueue;
  nowMs: number;
  updatedAt: number;
  live: LiveState;
  mayOpenChart: boolean;
  mayTriage: boolean;
  legend: ReactNode;
  children: ReactNode;
}

export function RoomQueuePage({ queue, nowMs, updatedAt, live, mayOpenChart, mayTriage, legend, children }: Props) {
  const doing = useRoomAct(queue.room.id);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [menu, setMenu] = useState(false);
  const [measured, setMeasured] = useState<QueueTurn | undefined>(undefined);
  const [form, setForm] = useState<TurnForm | 'send' | 'pause' | undefined>(undefined);
  const busy = doing.isPending || live === 'offline';
  const act = (one: RoomAct) => {
    if (!busy) doing.mutate(one);
  };
  const turn = [...queue.waiting, ...queue.away, ...queue.skipped, ...queue.done].find(({ id }) => id === chosen);
  // Who is in the room is sent for tests; who still waits has not been seen.
  const seen = queue.now.find(({ state }) => state === 'inside' || state === 'called');
  const openSend = queue.room.kind === 'exam' && seen !== undefined ? () => setForm('send') : undefined;
  const openTriage = mayTriage ? (one: QueueTurn) => setMeasured(one) : undefined;
  useRoomKeys({ queue, turn, act, setChosen, mayOpenChart, triage: openTriage, send: openSend, openMenu: () => setMenu(turn !== undefined) });
  const acts = (one: QueueTurn) => one.id === chosen && <TurnMenu turn={one} opened={menu} setOpened={setMenu} busy={busy} mayOpenChart={mayOpenChart} mayTriage={mayTriage} act={act} openForm={(one) => (one === 'triage' ? setMeasured(turn) : setForm(one))} />;
  const close = () => setForm(undefined);
  return (
    <div className="room-page">
      <RoomHead queue={queue} live={live} updatedAt={updatedAt} busy={busy} act={act} pause={() => setForm('pause')} legend={legend} />
      {children}
      <Notices queue={queue} live={live} updatedAt={updatedAt} error={doing.error} busy={busy} act={act} />
      <NowNext queue={queue} nowMs={nowMs} busy={busy} mayOpenChart={mayOpenChart} triage={openTriage} send={openSend} act={act} />
      <QueueList queue={queue} nowMs={nowMs} chosen={chosen} choose={setChosen} actsOf={acts} />
      <Hints mayOpenChart={mayOpenChart} mayTriage={mayTriage} />
      {form === 'transfer' && turn !== undefined && <Transfer turn={turn} act={act} close={close} />}
      {form === 'send' && seen !== undefined && <SendForm turn={seen} act={act} close={close} />}
      {measured !== undefined && <TriageForm turn={measured} close={() => setMeasured(undefined)} />}
      {form === 'pause' && <PauseForm room={queue.room} act={act} close={close} />}
    </div>
  );
}

function Transfer(props: { turn: QueueTurn; act: (act: RoomAct) => void; close: () => void }) {
  const rooms = useRooms();
  return rooms.data === undefined ? null : <TransferForm {...props} rooms={rooms.data.rooms} />;
}

interface Keys {
  queue: RoomQueue;
  turn: QueueTurn | undefined;
  act: (act: RoomAct) => void;
  setChosen: (id: string) => void;
  mayOpenChart: boolean;
  triage: ((turn: QueueTurn) => void) | undefined;
  send: (() => void) | undefined;
  openMenu: () => void;
}

function useRoomKeys({ queue, turn, act, setChosen, mayOpenChart, triage, send, openMenu }: Keys): void {
  const navigate = useNavigate();
  const current = queue.now[0];
  const rows = [...queue.waiting, ...queue.away, ...queue.skipped];
  const move = (by: number) => {
    const next = rows[Math.min(Math.max(rows.findIndex(({ id }) => id === turn?.id) + by, 0), rows.length - 1)];
    if (next !== undefined) setChosen(next.id);
  };
  const called = current?.state === 'called' ? current : undefined;
  const open = turn ?? current;
  useKeys({
    c: () => { if (queue.state === 'open' && queue.waiting.length > 0) act({ act: 'next', current: current?.id ?? null }); },
    r: () => { if (called !== undefined) act({ act: 'recall', turn: called }); },
    v: () => { if (called !== undefined) act({ act: 'skip', turn: called }); },
    b: () => { if (called !== undefined) act({ act: 'begin', turn: called }); },
    f: () => { if (current?.state === 'inside') act({ act: 'finish', turn: current }); },
    t: () => { if (open !== undefined) triage?.(open); },
    g: () => send?.(),
    j: () => move(1), k: () => move(-1), '.': openMenu,
    enter: () => { if (mayOpenChart && open !== undefined) void navigate(`/patients/${open.patientId}/summary`); },
  });
}

function RoomHead({ queue: { room, state, doctors }, live, updatedAt, busy, act, pause, legend }: { queue: RoomQueue; live: LiveState; updatedAt: number; busy: boolean; act: (act: RoomAct) => void; pause: () => void; legend: ReactNode }) {
  const words = useStrings(strings);
  return (
    <header className="room-head">
      <h1>{room.name}{room.department !== undefined && `, ${room.department.name}`}</h1>
      <LiveMark state={live} updatedAt={updatedAt} />
      <span className="c2 el">{doctors.map(({ name }) => name).join(', ')}</span>
      <span className="end">{legend}</span>
      {state === 'open' && <button type="button" className="btn small" disabled={busy} onClick={pause}>{words.act.pause}</button>}
      {state === 'paused' && <button type="button" className="btn small" disabled={busy} onClick={() => act({ act: 'resume' })}>{words.act.resume}</button>}
    </header>
  );
}

function Notices({ queue: { state, pause }, live, updatedAt, error, busy, act }: { queue: RoomQueue; live: LiveState; updatedAt: number; error: Error | null; busy: boolean; act: (act: RoomAct) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <>
      {live === 'offline' && <p className="room-note warn" role="alert"><Icon name="noWifi" size={18} />{words.offlineNote(dateParts(new Date(updatedAt).toISOString())?.time ?? '')}</p>}
      {error !== null && <p className="room-note bad" role="alert"><Icon name="warning" size={18} /><b>{words.failed}.</b> {error instanceof ApiError ? error.text[language] : ''}</p>}
      {state === 'closed' && <div className="room-note"><Icon name="info" size={18} /><span><b>{words.closed}.</b> {words.closedHint}</span><button type="button" className="btn primary" disabled={busy} onClick={() => act({ act: 'open' })}>{words.act.open}</button></div>}
      {state === 'paused' && <p className="room-note warn"><Icon name="clock" size={18} />{words.paused(pause?.reason === undefined ? '' : `: ${pause.reason}`)}{pause?.until === undefined ? '' : words.until(dateParts(pause.until)?.time ?? '')}</p>}
    </>
  );
}

function Hints({ mayOpenChart, mayTriage }: { mayOpenChart: boolean; mayTriage: boolean }) {
  const { hints, act } = useStrings(strings);
  const keys: readonly (readonly [readonly string[], string])[] = [
    [['C'], hints.next], [['R'], hints.recall], [['B'], act.begin], [['G'], hints.send], [['F'], act.finish], [['V'], hints.absent], [['J', 'K'], hints.move], ...(mayOpenChart ? [[['↵'], hints.chart] as const] : []), ...(mayTriage ? [[['T'], hints.triage] as const] : []), [['.'], hints.menu],
  ];
  return <footer className="hints">{keys.map(([names, text]) => <span key={text}>{names.map((name) => <kbd key={name}>{name}</kbd>)}{text}</span>)}</footer>;
}
