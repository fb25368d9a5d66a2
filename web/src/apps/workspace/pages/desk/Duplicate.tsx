// The record that may be the same person, and both beside each other on D.
import { Modal } from '@mantine/core';
import type { DuplicateCandidate, PersonLine, Registration } from '@sen/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { Icon } from '../../../../kit/icons.tsx';
import { formatDate, formatSex } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import type { DeskPerson, Subject } from './desk-state.ts';
import { useLikely } from './requests.ts';
import { strings } from './strings.ts';
import { useUnhurriedKeys } from './unhurried-keys.ts';

export function Duplicate({ subject, registration }: { subject: Subject; registration: Registration | undefined }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [comparing, setComparing] = useState(false);
  const asked = useLikely(subject.person.id, subject.candidates === undefined ? registration : undefined);
  const likely = (subject.candidates ?? asked.data?.candidates ?? [])[0];
  useUnhurriedKeys(likely === undefined ? {} : { d: () => setComparing(true) });
  if (likely === undefined) return null;
  const { patient } = likely;
  return (
    <section className="arrival-part warn arrival-duplicate">
      <Icon name="people" size={18} />
      <div><b>{words.duplicate(patient.hospitalNumber ?? '–')}</b><p>{[patient.name, patient.birthDate === undefined ? undefined : formatDate(patient.birthDate, language), ...likely.reasons.filter(({ bits }) => bits > 0).slice(0, 2).map(({ text }) => text[language])].filter(Boolean).join(', ')}</p></div>
      <button type="button" className="btn small" onClick={() => setComparing(true)}>{words.compare}<kbd>D</kbd></button>
      {comparing && <Compare one={subject.person} other={likely} close={() => setComparing(false)} />}
    </section>
  );
}

const fields = ['name', 'sex', 'birthDate', 'hospitalNumber', 'citizenNumberMasked', 'phoneMasked', 'address'] as const;

function Compare({ one, other, close }: { one: DeskPerson; other: DuplicateCandidate; close: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const told = (person: DeskPerson | PersonLine, field: (typeof fields)[number]) => (field === 'sex' ? formatSex(person.sex, language) : field === 'birthDate' && person.birthDate !== undefined ? formatDate(person.birthDate, language) : person[field] ?? '–');
  return (
    <Modal.Root opened onClose={close} size={680} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={words.compareTitle} shadow="none" className="compare">
      <div className="pane-head"><h2>{words.compareTitle}</h2><button type="button" className="btn small" onClick={close}>{words.keys.close}<kbd>Esc</kbd></button></div>
      <table className="compare-table">
        <thead><tr><th scope="col">{words.compareTitle}</th><th scope="col">{words.thisOne}</th><th scope="col">{words.otherOne} ({words.score(Math.round(other.score * 100))})</th></tr></thead>
        <tbody>{fields.map((field) => <tr key={field}><th scope="row">{words.fields[field]}</th><td>{told(one, field)}</td><td>{told(other.patient, field)}</td></tr>)}</tbody>
      </table>
      <h3>{words.why}</h3>
      <ul>{other.reasons.map(({ code, bits, text }) => <li key={code}>{bits > 0 ? '+' : '−'} {text[language]}</li>)}</ul>
      <p><Link className="link" to="/duplicates">{words.toMerge}</Link></p>
      </Modal.Content>
    </Modal.Root>
  );
}
