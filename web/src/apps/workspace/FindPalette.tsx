// Find anything: people as one types, then commands and pages. Up and down choose, Enter opens.
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PatientMatch, RecentChart } from '@sen/contracts';
import { useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { Failed } from '../../kit/Feedback.tsx';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { plain } from '../../lib/plain.ts';
import { useTheme } from '../../lib/theme.tsx';
import { useRecentCharts } from '../../modules/encounters/requests.ts';
import { useFindPatients } from '../../modules/identity/find-patients.ts';
import { Marked, PersonLine } from '../../modules/identity/PersonLine.tsx';
import { dutiesFor, pageOfPerson, placesFor, startOf } from './places.ts';
import { strings } from './strings.ts';

type Choice =
  | { readonly kind: 'person'; readonly id: string; readonly person: PatientMatch | RecentChart; readonly act: () => void }
  | { readonly kind: 'command'; readonly id: string; readonly icon: IconName; readonly text: string; readonly act: () => void };

const pauseMs = 120;

export function FindPalette({ permissions, close, showKeys }: { permissions: readonly string[]; close: () => void; showKeys: () => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), pauseMs);
  const [chosen, setChosen] = useState(0);
  const toPerson = pageOfPerson(permissions);
  const found = useFindPatients(toPerson === undefined ? '' : asked);
  const choices = useChoices(typed, asked === '' ? undefined : found.data?.matches, { close, showKeys, permissions });
  const at = Math.min(chosen, choices.length - 1);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setChosen((at + step + choices.length) % choices.length);
    }
    if (event.key === 'Enter') choices[at]?.act();
  };
  const settled = asked === typed.trim() && !found.isFetching;
  return (
    <Modal.Root opened onClose={close} padding={0} size={640} yOffset={72} lockScroll={false} transitionProps={{ duration: 0 }} classNames={{ content: 'palette' }}>
      <Modal.Overlay />
      <Modal.Content aria-label={words.findTitle} shadow="none">
      <div className="palette-input">
        <Icon name="search" size={18} />
        <input autoFocus data-autofocus type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label={toPerson === undefined ? words.findPage : words.find} autoComplete="off" spellCheck={false}
          aria-activedescendant={at < 0 ? undefined : `choice-${at}`} placeholder={toPerson === undefined ? words.findPage : words.find} value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); setChosen(0); }} onKeyDown={press} />
        <kbd>Esc</kbd>
      </div>
      <p className="vh" role="status">{typed.trim() === '' ? '' : settled ? words.found(found.data?.matches.length ?? 0) : words.findingPeople}</p>
      {found.error !== null && <Failed error={found.error} retry={() => void found.refetch()} />}
      <List choices={choices} at={at} typed={typed} choose={setChosen} />
      {toPerson !== undefined && <Notes typed={typed.trim()} nobody={settled && asked !== '' && found.data?.matches.length === 0} more={found.data?.more === true && asked !== ''} />}
      </Modal.Content>
    </Modal.Root>
  );
}

function useChoices(typed: string, matches: readonly PatientMatch[] | undefined, acts: { close: () => void; showKeys: () => void; permissions: readonly string[] }): Choice[] {
  const words = useStrings(strings);
  const navigate = useNavigate();
  const { language, choose: chooseLanguage } = useLanguage();
  const { theme, choose: chooseTheme } = useTheme();
  const recent = useRecentCharts(acts.permissions.includes('chart.read'));
  const toPerson = pageOfPerson(acts.permissions) ?? (() => '/');
  const then = (act: () => void) => () => { acts.close(); act(); };
  const people = typed.trim() === '' ? recent.data?.charts.slice(0, 6) : matches;
  const persons = (people ?? []).map((person): Choice => ({ kind: 'person', id: person.id, person, act: then(() => void navigate(toPerson(person.id))) }));
  const dark = theme === 'dark' ? 'light' : 'dark';
  const commands: Choice[] = [
    ...(startOf(acts.permissions) === '/' ? [{ kind: 'command', id: 'home', icon: 'bed', text: words.present, act: then(() => void navigate('/')) } as const] : []),
    ...[...dutiesFor(acts.permissions), ...placesFor(acts.permissions)].filter(({ to }, at, all) => all.findIndex((other) => other.to === to) === at)
      .map(({ to, text }): Choice => ({ kind: 'command', id: to, icon: 'right', text: words.places[text], act: then(() => void navigate(to)) })),
    { kind: 'command', id: 'language', icon: 'globe', text: words.switchLanguage, act: then(() => chooseLanguage(language === 'vi' ? 'en' : 'vi')) },
    { kind: 'command', id: 'theme', icon: 'moon', text: `${words.theme}: ${words.themes[dark]}`, act: then(() => chooseTheme(dark)) },
    { kind: 'command', id: 'keys', icon: 'keys', text: words.keys, act: then(acts.showKeys) },
  ];
  const question = plain(typed.trim());
  return [...persons, ...commands.filter((one) => one.kind === 'command' && (question === '' || plain(one.text).includes(question)))];
}

function List({ choices, at, typed, choose }: { choices: readonly Choice[]; at: number; typed: string; choose: (at: number) => void }) {
  const words = useStrings(strings);
  const firstCommand = choices.findIndex((choice) => choice.kind === 'command');
  const heading = (index: number, choice: Choice) => {
    if (index === 0 && choice.kind === 'person') return typed.trim() === '' ? words.recent : words.people;
    return index === firstCommand ? words.commands : undefined;
  };
  return (
    <ul id="palette-list" className="palette-list" role="listbox" aria-label={words.findTitle}>
      {choices.map((choice, index) => (
        <li key={`${choice.kind}-${choice.id}`} role="presentation">
          {heading(index, choice) !== undefined && <div className="palette-heading c3" role="presentation">{heading(index, choice)}</div>}
          <div id={`choice-${index}`} role="option" aria-selected={index === at} className="palette-choice" onClick={choice.act} onPointerMove={() => choose(index)} ref={index === at ? intoSight : undefined}>
            {choice.kind === 'person' ? <><Icon name="person" size={18} className="c3" /><span className="palette-person"><PersonLine person={choice.person} typed={typed} /></span></> : <><Icon name={choice.icon} size={18} className="c3" /><span><Marked text={choice.text} typed={typed} /></span></>}
            {index === at && <kbd aria-hidden="true">↵</kbd>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function intoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function Notes({ typed, nobody, more }: { typed: string; nobody: boolean; more: boolean }) {
  const words = useStrings(strings);
  if (typed === '') return <p className="palette-note c3">{words.findHint}</p>;
  if (nobody) return <p className="palette-note"><b>{words.noMatch(typed)}</b> {words.noMatchHint}</p>;
  return more ? <p className="palette-note c3">{words.moreMatches}</p> : null;
}
