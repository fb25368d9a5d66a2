// What an answer says on the screen, on paper and aloud. Pure.
import { formatDate } from '../../lib/format.ts';
import type { Language } from '../../lib/language.tsx';
import type { Words } from './strings.ts';
import type { View } from './use-check-in.ts';

export interface Told {
  readonly tone: 'fine' | 'desk' | 'problem';
  readonly title: string;
  readonly text?: string;
  readonly number?: string;
  readonly numberLabel?: string;
  readonly room?: string;
  readonly way?: string;
  readonly at?: string;
  readonly lines: readonly string[];
  /** What to do about it, beside going away. */
  readonly offers?: 'retry' | 'scan-again';
  readonly spoken: string;
}

export function told(view: View, words: Words, language: Language): Told | undefined {
  const one = content(view, words, language);
  if (one === undefined) return undefined;
  const number = one.number === undefined ? undefined : `${one.numberLabel ?? ''} ${[...one.number].join(' ')}`;
  return { ...one, spoken: [one.title, number, one.room, one.way, one.text, ...one.lines].filter((part) => part !== undefined && part !== '').join('. ') };
}

function content(view: View, words: Words, language: Language): Omit<Told, 'spoken'> | undefined {
  if (view.at === 'fault') return { tone: 'problem', title: view.offline ? words.lost : words.fault, text: words.faultHint, lines: [] };
  if (view.at === 'taken') {
    const { ticket, help } = view;
    return atDesk(ticket.number, words, help ? words.helpTitle : words.deskTitle, undefined, help ? words.helpText : words.deskWait);
  }
  if (view.at !== 'answer') return undefined;
  const { outcome, ticket, givenName = '', day } = view.answer;
  switch (outcome) {
    case 'arrived': return arrived(view.answer, givenName, words);
    case 'desk': return atDesk(ticket?.number, words, words.deskTitle, words.deskWhy);
    case 'another-day': return atDesk(ticket?.number, words, words.deskTitle, words.anotherDay(formatDate(day ?? '', language)));
    case 'unknown': return atDesk(ticket?.number, words, words.deskTitle, words.unknownWhy);
    case 'unreadable': return { tone: 'problem', title: words.unreadable, text: words.unreadableHint, lines: [], offers: 'scan-again' };
    case 'not-matched': return { tone: 'problem', title: words.notMatched, text: words.notMatchedHint, lines: [], offers: 'retry' };
  }
}

function arrived({ ticket = {} }: Extract<View, { at: 'answer' }>['answer'], givenName: string, words: Words): Omit<Told, 'spoken'> {
  const { number, room, way, at, ahead, waitMinutes, early, late, again } = ticket;
  const text = early !== undefined ? words.early(at ?? '') : late !== undefined ? words.late(late) : again === true ? words.again : undefined;
  return {
    tone: 'fine', title: words.arrived(givenName), numberLabel: words.yourNumber, ...(number !== undefined && { number }), ...(room !== undefined && { room }), ...(way !== undefined && { way }),
    ...(at !== undefined && { at }), ...(text !== undefined && { text }),
    lines: [...(early === undefined ? lineOf(words, ahead, waitMinutes) : []), words.lookAtBoard],
  };
}

function atDesk(number: string | undefined, words: Words, title: string, text?: string, line = words.deskWait): Omit<Told, 'spoken'> {
  return { tone: 'desk', title, numberLabel: words.deskNumber, ...(number !== undefined && { number }), ...(text !== undefined && { text }), lines: [line] };
}

/** Not for who is early: who waits now has nothing to do with their time. */
function lineOf(words: Words, ahead: number | undefined, wait: { from: number; to: number } | undefined): string[] {
  return [...(ahead === undefined ? [] : [words.ahead(ahead)]), ...(wait === undefined || wait.to === 0 ? [] : [words.wait(wait.from, wait.to)])];
}
