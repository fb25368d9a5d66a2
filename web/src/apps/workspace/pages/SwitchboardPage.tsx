// The operator: a call opens the record by its number; one slot list for every channel; all by keyboard.
import type * as contracts from '@sen/contracts';
import type { AppointmentView, SwitchboardCall } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call as ask } from '../../../lib/api.ts';
import { useKeys } from '../../../lib/keys.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useCalls, useTakeCall } from '../../../modules/booking/operator/requests.ts';
import { strings as listStrings } from '../../../modules/booking/desk/strings.ts';
import { Calls, ToCall } from './switchboard/Calls.tsx';
import { CallerRecord } from './switchboard/CallerRecord.tsx';
import { SeatDesk } from './switchboard/SeatDesk.tsx';
import type { Caller } from './switchboard/caller.ts';
import { strings } from './switchboard/strings.ts';
import './switchboard/switchboard.css';

export function Component() {
  const words = useStrings(strings);
  usePageTitle(words.title);
  const { asked, live } = useCalls();
  const { live: liveWords } = useStrings(listStrings);
  const calls = asked.data?.calls ?? [];
  const takeCall = useTakeCall();
  const [people, setPeople] = useState<readonly Caller[]>([]);
  const [caller, setCaller] = useState<Caller>();
  const [moving, setMoving] = useState<AppointmentView>();
  const page = useRef<HTMLDivElement>(null);
  const choose = (next: Caller | undefined) => { setMoving(undefined); setCaller(next); };
  const offer = (found: readonly Caller[]) => { setPeople(found); choose(found.length === 1 ? found[0] : undefined); };
  const pop = (call: SwitchboardCall) => offer(call.patients.length === 0 ? [{ name: '', ...(call.from !== undefined && { phone: call.from }) }] : call.patients.map((one) => ({ ...one, ...(call.from !== undefined && { phone: call.from }) })));
  const take = (call: SwitchboardCall) => { pop(call); if (!call.mine) takeCall.mutate(call.id); };
  const first = calls.find(({ state, takenBy }) => (state === 'ringing' || state === 'answered') && takenBy === undefined);
  useKeys({
    a: () => { if (first !== undefined) take(first); },
    b: () => (page.current?.querySelector<HTMLElement>('.seat-times button[tabindex="0"]') ?? page.current?.querySelector<HTMLElement>('[data-first]'))?.focus(),
    escape: () => { setPeople([]); choose(undefined); },
    ...Object.fromEntries(people.slice(0, 9).map((one, at) => [String(at + 1), () => choose(one)])),
  });
  return (
    <div className="op" ref={page}>
      <div className="op-left"><div className="desk-day-head"><h1>{words.title}</h1><span className={`desk-live ${live}`} role="status">{liveWords[live]}</span></div><FindCaller offer={offer} /><Calls calls={calls} take={take} /><ToCall open={(id, name) => offer([{ id, name }])} /></div>
      <div className="op-middle"><People people={people} caller={caller} choose={choose} />{caller?.id !== undefined && <CallerRecord key={caller.id} patientId={caller.id} move={setMoving} />}</div>
      <SeatDesk key={caller?.id ?? caller?.phone ?? ''} caller={caller} moving={moving} done={() => setMoving(undefined)} />
      <footer className="hints" aria-hidden="true"><span><kbd>A</kbd>{words.keys.take}</span><span><kbd>F2</kbd>{words.keys.find}</span><span><kbd>1</kbd>–<kbd>9</kbd>{words.keys.person}</span><span><kbd>B</kbd>{words.keys.seats}</span><span><kbd>Esc</kbd>{words.keys.leave}</span></footer>
    </div>
  );
}

function FindCaller({ offer }: { offer: (people: readonly Caller[]) => void }) {
  const words = useStrings(strings);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const [typed, setTyped] = useState('');
  const search = useMutation({
    mutationFn: (find: string) => ask<typeof contracts.findPatients>('GET', '/api/patients', { find }),
    onSuccess: ({ matches }, find) => {
      const phone = /^[+\d .-]{8,}$/.test(find) ? { phone: find } : {};
      offer(matches.length === 0 ? [{ name: 'phone' in phone ? '' : find, ...phone }] : matches.map(({ id, name, birthDate, hospitalNumber }) => ({ id, name, birthDate, hospitalNumber, ...phone })));
      field.current?.blur();
    },
  });
  useKeys({ f2: () => field.current?.focus() });
  return (
    <form className="op-find" role="search" onSubmit={(event) => { event.preventDefault(); if (typed.trim() !== '') search.mutate(typed.trim()); }}>
      <label>{words.find}<input ref={field} type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" /></label><kbd>F2</kbd>
    </form>
  );
}

function People({ people, caller, choose }: { people: readonly Caller[]; caller: Caller | undefined; choose: (caller: Caller) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  if (people.length === 0) return <section className="op-part"><b>{words.idle}</b><p className="c2">{words.idleHint}</p></section>;
  return (
    <section className="op-part" aria-label={words.several}>
      <h2>{words.several}</h2>
      <ul>{people.slice(0, 9).map((one, at) => (
        <li key={one.id ?? 'new'}><button type="button" className="room-seat" aria-pressed={one === caller} onClick={() => choose(one)}>
          <span><b>{one.name === '' ? words.newPerson : one.name}</b><small className="c2">{[one.birthDate === undefined ? undefined : formatDate(one.birthDate, language), one.hospitalNumber, one.phone].filter(Boolean).join(' · ')}</small></span><kbd>{at + 1}</kbd>
        </button></li>
      ))}</ul>
    </section>
  );
}
