// Announces calls one after the other, however many come at once.
import { useEffect, useEffectEvent, useRef } from 'react';
import type { BoardRoom } from '@sen/contracts';
import { callsOf, keyOf, newCalls, spoken, type Call } from './calls.ts';
import { announce } from './voice.ts';
import { partsOf } from './voice-parts.ts';

export function useAnnouncer(rooms: readonly BoardRoom[] | undefined, nowMs: () => number, text: (ticket: string, room: string) => string, language: string, recorded: ReadonlySet<string>): void {
  const announced = useRef<Set<string> | undefined>(undefined);
  const speaking = useRef<Promise<void>>(Promise.resolve());
  const take = useEffectEvent((shown: readonly BoardRoom[]) => {
    const calls = callsOf(shown);
    const fresh: Call[] = announced.current === undefined ? [] : newCalls(calls, announced.current, nowMs());
    announced.current = new Set(calls.map(keyOf));
    for (const { ticket, room } of fresh) speaking.current = speaking.current.then(() => announce(text(spoken(ticket), room.name), language, partsOf(ticket, room, recorded)));
  });
  useEffect(() => {
    if (rooms !== undefined) take(rooms);
  }, [rooms]);
}
