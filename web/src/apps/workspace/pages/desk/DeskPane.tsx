// The left of the desk: the scan box, and what the last scan, search or choice led to.
import type { Registration } from '@sen/contracts';
import { Icon } from '../../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { RegistrationPane } from '../../../../modules/identity/RegistrationPane.tsx';
import { KioskNumbers } from './KioskNumbers.tsx';
import { PersonAtDesk } from './PersonAtDesk.tsx';
import { ScanBox } from './ScanBox.tsx';
import type { DeskPerson, Pane } from './desk-state.ts';
import { formatSexAge } from '../../../../lib/format.ts';
import { strings } from './strings.ts';
import { useUnhurriedKeys } from './unhurried-keys.ts';

export function DeskPane({ pane, show }: { pane: Pane; show: (pane: Pane) => void }) {
  const draft: Partial<Registration> = 'draft' in pane ? pane.draft : { kind: 'full' };
  const idle = () => show({ kind: 'idle' });
  useUnhurriedKeys({ n: () => show({ kind: 'register', draft }), escape: idle });
  return (
    <>
      <ScanBox show={show} />
      <KioskNumbers idle={pane.kind === 'idle'} />
      {pane.kind === 'unreadable' && <Nothing pane={pane} show={show} />}
      {pane.kind === 'none' && <Nothing pane={pane} show={show} />}
      {pane.kind === 'several' && <Several people={pane.people} choose={(person) => show({ kind: 'person', subject: { person, by: pane.by, findings: [] } })} />}
      {'subject' in pane && <PersonAtDesk key={pane.subject.person.id} pane={pane} show={show} />}
      {pane.kind === 'register' && (
        <div className="card arrival"><RegistrationPane draft={pane.draft} patientId={pane.patientId} close={idle}
          done={({ patientId, hospitalNumber, name }) => show({ kind: 'person', subject: { person: { id: patientId, name, hospitalNumber, sex: pane.draft.sex ?? 'unknown' }, by: 'new', findings: [], candidates: [] } })} /></div>
      )}
    </>
  );
}

function Nothing({ pane, show }: { pane: Extract<Pane, { kind: 'unreadable' | 'none' }>; show: (pane: Pane) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const draft = pane.kind === 'none' ? pane.draft : { kind: 'full' as const };
  const make = () => show({ kind: 'register', draft });
  useUnhurriedKeys({ enter: make });
  return (
    <section className="card arrival-empty" role="status">
      <b>{pane.kind === 'none' ? words.none : words.unreadable}</b>
      <p>{pane.kind === 'none' ? words.noneHint(pane.draft.name ?? '') : words.unreadableHint}</p>
      {pane.findings.map(({ code, text }) => <p key={code} className="c-warn">{text[language]}</p>)}
      <button type="button" className="btn primary" onClick={make}>{words.make}<kbd>{pane.kind === 'none' ? '↵' : 'N'}</kbd></button>
    </section>
  );
}

function Several({ people, choose }: { people: readonly DeskPerson[]; choose: (person: DeskPerson) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const shown = people.slice(0, 9);
  useUnhurriedKeys(Object.fromEntries(shown.map((person, at) => [String(at + 1), () => choose(person)])));
  return (
    <section className="card arrival-several" aria-label={words.several(people.length)}>
      <h2>{words.several(people.length)}</h2><p className="c2">{words.severalHint}</p>
      <ul>{shown.map((person, at) => (
        <li key={person.id}><button type="button" className="room-seat" onClick={() => choose(person)}>
          <span><b>{person.name}</b> {formatSexAge(person.sex, person.age, language)}<small className="c2">{[person.birthDate, person.hospitalNumber, person.phoneMasked].filter(Boolean).join(' · ')}</small></span><kbd>{at + 1}</kbd>
        </button></li>
      ))}</ul>
      <p className="c3"><Icon name="info" size={14} /> {words.make}: N</p>
    </section>
  );
}
