// The screen of a waiting room: who is called now, large; each room with who comes next; one line of what one must know. Read from 8 m.
import type { BoardRoom, listBoardVoice } from '@sen/contracts';
import { useEffect, useState } from 'react';
import { Icon, Mark } from '../../kit/icons.tsx';
import { call } from '../../lib/api.ts';
import { dateParts, formatToday } from '../../lib/format.ts';
import { useMinute } from '../../lib/clock.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { voiceFor } from '../../lib/voice.ts';
import { callsOf, type Call } from './calls.ts';
import { strings } from './strings.ts';
import { useAnnouncer } from './use-announcer.ts';
import { useBoard } from './use-board.ts';
import { unlockSound } from './voice.ts';

/** A call stays large so long, then it is history. */
const freshMs = 90_000;
/** `?size=43`: three rooms and everything a quarter larger, for a screen of 43 inches. */
const small = new URLSearchParams(location.search).get('size') === '43';
const roomsAPage = small ? 3 : 4;
const turnMs = 10_000;

export function Board({ boardKey }: { boardKey: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { board, unknown, lost, heardAt } = useBoard(boardKey);
  const recorded = useRecorded(language);
  const offset = board === undefined ? 0 : Date.parse(board.at) - heardAt;
  const nowMs = useSecond() + offset;
  const tick = Math.floor(nowMs / turnMs);
  useAnnouncer(lost ? undefined : board?.rooms, () => Date.now() + offset, words.voice, language, recorded);
  useWakeLock();
  useEffect(() => {
    document.title = `${board?.name ?? ''} – Sen`;
  }, [board?.name]);
  if (unknown) return <main className="board-alone"><Mark size={96} /><h1>{words.unknown}</h1><p>{words.unknownHint}</p></main>;
  if (board === undefined) return <main className="board-alone"><Mark size={96} /><h1>{words.loading}</h1></main>;
  const calls = lost ? [] : callsOf(board.rooms).filter(({ at }) => nowMs - at < freshMs * 4);
  const now = calls.find(({ at }) => nowMs - at < freshMs);
  const pages = Math.max(1, Math.ceil(board.rooms.length / roomsAPage));
  const page = now === undefined ? tick % pages : Math.floor(board.rooms.findIndex(({ id }) => id === now.room.id) / roomsAPage);
  return (
    <main className={['board', lost && 'lost', small && 'small'].filter(Boolean).join(' ')}>
      <Head name={board.name} offset={offset} hasRecorded={recorded.size > 0} />
      <NowCalled call={now} before={calls.filter((call) => call !== now)} />
      <section className="board-rooms">
        <div className="board-room board-titles"><span>{words.room}</span><span>{words.doctor}</span><span>{words.next}</span></div>
        {board.rooms.slice(page * roomsAPage, (page + 1) * roomsAPage).map((room) => <Row key={room.id} room={room} calling={now?.room.id === room.id ? now : undefined} lost={lost} />)}
      </section>
      {lost ? <div className="board-lost" role="alert"><Icon name="noWifi" size={68} />{words.lost(dateParts(new Date(heardAt + offset).toISOString())?.time ?? '')}</div> : <Foot rooms={board.rooms} tick={tick} />}
    </main>
  );
}

function Head({ name, offset, hasRecorded }: { name: string; offset: number; hasRecorded: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day, time } = formatToday(useMinute() + offset, language);
  const [sound, setSound] = useState(false);
  const start = () => {
    unlockSound();
    setSound(true);
    if (document.fullscreenElement === null) void document.documentElement.requestFullscreen().catch(() => undefined); // a screen that may not is a window
  };
  return (
    <header>
      <Mark size={64} /><h1>{name}</h1>
      {!sound && <button type="button" onClick={start}><Icon name="speaker" size={40} />{words.sound}</button>}
      {sound && voiceFor(language) === undefined && !hasRecorded && <small>{words.noVoice}</small>}
      <span className="board-day">{day}</span><time>{time}</time>
    </header>
  );
}

function NowCalled({ call, before }: { call: Call | undefined; before: readonly Call[] }) {
  const words = useStrings(strings);
  const last = before[0];
  return (
    <section className="board-call" aria-live="assertive">
      {call === undefined ? <div className="board-nobody"><p>{words.nobody}</p><small>{words.nobodyHint}</small></div> : (
        <>
          <p className="board-please"><Icon name="speaker" size={64} />{words.please}</p>
          <p className="board-number">{call.ticket}</p><p className="board-who">{call.maskedName}</p><p className="board-where">{call.room.name}</p>
          {call.room.way !== undefined && <p className="board-way">{call.room.way}</p>}
        </>
      )}
      {last !== undefined && <p className="board-before">{words.before} <b>{last.ticket}</b> {words.roomOf('')}<b>{last.room.short}</b></p>}
    </section>
  );
}

function Row({ room, calling, lost }: { room: BoardRoom; calling: Call | undefined; lost: boolean }) {
  return (
    <div className={calling === undefined ? 'board-room' : 'board-room calling'}>
      <b className="board-short">{room.short}</b>
      <div className="board-doctor"><span>{room.doctors.join(', ')}</span>{!lost && <State room={room} calling={calling} />}</div>
      {room.next.slice(0, 2).map(({ turn, ticket, maskedName }) => <div key={turn} className="board-next"><b>{ticket}</b><span>{maskedName}</span></div>)}
    </div>
  );
}

function State({ room, calling }: { room: BoardRoom; calling: Call | undefined }) {
  const words = useStrings(strings);
  if (calling !== undefined) return <span className="state"><Icon name="speaker" size={42} />{words.calling}</span>;
  if (room.state !== 'open') return <span className="state late"><Icon name="clock" size={42} />{room.state === 'paused' ? words.paused : words.closed}</span>;
  return room.lateMinutes >= 10 ? <span className="state late"><Icon name="clock" size={42} />{words.late(room.lateMinutes)}</span> : <span className="state fine"><Icon name="check" size={42} />{words.onTime}</span>;
}

/** Lateness first, then the rules, one line at a time. */
function Foot({ rooms, tick }: { rooms: readonly BoardRoom[]; tick: number }) {
  const words = useStrings(strings);
  const late = rooms.filter(({ state, lateMinutes }) => state === 'open' && lateMinutes >= 10).map(({ name, lateMinutes }) => words.footLate(name, lateMinutes));
  const lines = [...late, `${words.rules} ${words.rulesPriority}`, words.absent];
  const at = tick % lines.length;
  return <footer className={at < late.length ? 'late' : undefined}><Icon name={at < late.length ? 'clock' : 'info'} size={68} /><span>{lines[at]}</span></footer>;
}

/** The parts of the recorded voice, which speaks Vietnamese. */
function useRecorded(language: string): ReadonlySet<string> {
  const [recorded, setRecorded] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const end = new AbortController();
    call<typeof listBoardVoice>('GET', '/api/board-voice', {}, end.signal).then(({ parts }) => setRecorded(new Set(parts)), () => undefined); // without it the chime
    return () => end.abort();
  }, []);
  return language === 'vi' ? recorded : none;
}

const none: ReadonlySet<string> = new Set();

/** Now, in ms, once a second: a call grows old without anybody telling. */
function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A television that dims calls nobody. Asked again whenever the page is seen again, for the browser drops it. */
function useWakeLock(): void {
  useEffect(() => {
    const ask = () => void navigator.wakeLock?.request('screen').catch(() => undefined); // without it the machine's own settings decide
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, []);
}
