// What can be done with the selected person; the key `.` opens it.
import { Menu } from '@mantine/core';
import type { QueueTurn } from '@sen/contracts';
import { useNavigate } from 'react-router';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import type { RoomAct, TurnVerb } from './requests.ts';
import { strings } from './strings.ts';

export type TurnForm = 'transfer' | 'triage';

interface Props {
  turn: QueueTurn;
  opened: boolean;
  setOpened: (opened: boolean) => void;
  busy: boolean;
  mayOpenChart: boolean;
  mayTriage: boolean;
  act: (act: RoomAct) => void;
  openForm: (form: TurnForm) => void;
}

const verbsOf: Readonly<Partial<Record<QueueTurn['state'], readonly TurnVerb[]>>> = {
  waiting: ['call'], called: ['begin', 'recall', 'skip'], inside: ['finish'], away: ['return'], skipped: ['return', 'call'],
};

export function TurnMenu({ turn, opened, setOpened, busy, mayOpenChart, mayTriage, act, openForm }: Props) {
  const words = useStrings(strings);
  const navigate = useNavigate();
  const verbs = verbsOf[turn.state] ?? [];
  const forms: readonly TurnForm[] = turn.state === 'waiting' ? ['transfer', 'triage'] : [];
  const first = verbs[0];
  return (
    <>
      {first !== undefined && <button type="button" className="btn small" disabled={busy} onClick={() => act({ act: first, turn })}>{words.act[first]}</button>}
      <Menu opened={opened} onChange={setOpened} position="bottom-end" width={230} shadow="none" transitionProps={{ duration: 0 }}>
        <Menu.Target><button type="button" className="icon-button" aria-label={words.more(turn.name)} aria-keyshortcuts="."><Dots /></button></Menu.Target>
        <Menu.Dropdown>
          {mayOpenChart && <Menu.Item leftSection={<Icon name="document" />} onClick={() => void navigate(`/patients/${turn.patientId}/summary`)}>{words.act.chart}</Menu.Item>}
          {verbs.map((verb) => <Menu.Item key={verb} disabled={busy} onClick={() => act({ act: verb, turn })}>{words.act[verb]}</Menu.Item>)}
          {forms.filter((form) => form !== 'triage' || mayTriage).map((form) => <Menu.Item key={form} disabled={busy} onClick={() => openForm(form)}>{words.act[form]}</Menu.Item>)}
          {(turn.state === 'waiting' || turn.state === 'skipped') && <Menu.Item disabled={busy} onClick={() => act({ act: 'leave', turn })}>{words.act.leave}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Dots() {
  return <svg width="16" height="16" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><circle cx="5" cy="12" r="2" /><circle cx="12" cy="12" r="2" /><circle cx="19" cy="12" r="2" /></svg>;
}
