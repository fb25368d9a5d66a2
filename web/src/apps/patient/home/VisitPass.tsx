// Today's visit, in each of its states: waiting, called, with the doctor, away, not come when called, done.
import type { FamilyMember, MyVisit } from '@sen/contracts';
import { useEffect, useRef } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings, type Language } from '../../../lib/language.tsx';
import { timeOf } from '../days.ts';
import { freshMs, type MyDay } from '../my-day.ts';
import { callName, nameInSentence } from '../people.ts';
import { strings } from '../strings.ts';
import { CodePart, Pass } from './Pass.tsx';

/** From so many minutes on the room counts as late and says so. */
const lateFromMinutes = 15;

export function VisitPass({ visit, person, day, now }: { visit: MyVisit; person: FamilyMember; day: MyDay; now: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const say = useVoice(visit, words.calledAloud(callName(person, 'vi'), visit.room.name), language);
  const qr = [...day.coming, ...day.past].find(({ id }) => id === visit.appointmentId)?.qr;
  const isFresh = day.kept !== true && now - day.at <= freshMs;
  const part = partOf(visit, person, isFresh, words, language);
  const where = [visit.room.way, visit.room.department?.name].filter((one) => one !== undefined).join(', ');
  const line = <>{words.number} <b>{visit.ticket}</b>{visit.slotAt !== undefined && `, ${words.slot(timeOf(visit.slotAt))}`}</>;
  const isLate = visit.state === 'waiting' && visit.lateMinutes >= lateFromMinutes && isFresh;
  const isOver = visit.state === 'done' || visit.state === 'left';
  return (
    <Pass
      part={{
        ...part, where: isOver ? undefined : where, isCalled: visit.state === 'called',
        aside: visit.state === 'called' && visit.calledAt !== undefined ? words.calledAt(timeOf(visit.calledAt)) : day.kept === true ? undefined : words.updatedAt(timeOf(new Date(day.at).toISOString())),
        ...(!isOver && { way: { room: visit.room.short, words: visit.room.way } }),
        note: isLate ? words.roomLate(visit.lateMinutes) : visit.roomState === 'paused' && isFresh && !isOver ? words.roomPaused : undefined,
      }}
      code={qr === undefined || isOver ? <p className="ticket">{line}</p> : <CodePart qr={qr} title={words.showEverywhere} line={line} kept={day.kept === true} />}
    >
      {visit.state === 'called' && 'speechSynthesis' in globalThis && <button type="button" className="aloud" onClick={say}><Icon name="speaker" size={24} />{words.readAloud}</button>}
    </Pass>
  );
}

type Words = (typeof strings)['vi'] | (typeof strings)['en'];

function partOf(visit: MyVisit, person: FamilyMember, isFresh: boolean, words: Words, language: Language) {
  const name = nameInSentence(person, language);
  const room = visit.room.name;
  switch (visit.state) {
    case 'called': return { eyebrow: words.yourTurn, title: room, wait: words.isWaitingFor(name, visit.kind), waitMore: words.goStraightIn };
    case 'inside': return { eyebrow: words.inside, title: room, wait: visit.doctor === undefined ? words.stations[visit.kind] : words.withDoctor(visit.doctor.name), waitMore: words.afterwards };
    case 'skipped': return { eyebrow: words.skipped, title: room, wait: words.skippedWait(name), waitMore: words.skippedMore };
    case 'done': return { eyebrow: words.doneEyebrow, title: words.doneTitle, wait: words.doneWait, waitMore: words.doneMore };
    case 'left': case 'moved': return { eyebrow: words.doneEyebrow, title: words.leftTitle, wait: words.leftWait, waitMore: undefined };
    default: return { eyebrow: words.nextStep, title: room, ...waitOf(visit, isFresh, words) };
  }
}

function waitOf(visit: MyVisit, isFresh: boolean, words: Words) {
  // Old minutes mislead: the time of the appointment and the screen before the room do not.
  if (!isFresh) return { wait: visit.slotAt === undefined ? words.numberIs(visit.ticket) : words.slotLarge(timeOf(visit.slotAt)), waitMore: words.lookAtBoard };
  const wait = visit.wait === undefined ? words.waitUnknown : words.waitRange(visit.wait.from, visit.wait.to);
  return { wait, waitMore: visit.before === undefined ? words.lookAtBoard : words.before(visit.before) };
}

/** Vibrates and speaks once for each call; gives what says it again. */
function useVoice(visit: MyVisit, text: string, language: Language): () => void {
  const told = useRef('');
  const say = () => {
    if (!('speechSynthesis' in globalThis)) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language === 'vi' ? 'vi-VN' : 'en-GB';
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  };
  useEffect(() => {
    const call = visit.state === 'called' ? `${visit.visitId}/${visit.calledAt}/${visit.calls}` : '';
    if (call === told.current) return;
    told.current = call;
    if (call === '') return;
    navigator.vibrate?.([400, 200, 400]);
    say();
  });
  return say;
}
