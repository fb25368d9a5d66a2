// One patient, found by name, phone or number, within a form.
import type { PatientMatch } from '@sen/contracts';
import { useDeferredValue, useId, useState, type ReactNode } from 'react';
import { formatDate } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useFindPatients } from '../../modules/identity/find-patients.ts';
import '../../modules/security/privacy.css';
import { strings } from './strings.ts';

/** A field and those whom it finds; what stands beside each name is the page's. */
export function FindPerson({ children }: { children: (person: PatientMatch) => ReactNode }) {
  const words = useStrings(strings);
  const id = useId();
  const [typed, setTyped] = useState('');
  const found = useFindPatients(useDeferredValue(typed)).data?.matches ?? [];
  return (
    <>
      <label className="field" htmlFor={id}>{words.findPeople}</label>
      <input id={id} type="search" className="search-field" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} aria-describedby={`${id}-hint`} />
      <p className="hint" id={`${id}-hint`}>{words.findHint}</p>
      {found.length > 0 && (
        <fieldset>
          <legend className="vh">{words.people}</legend>
          {found.map(children)}
        </fieldset>
      )}
    </>
  );
}

export function PersonFound({ person }: { person: PatientMatch }) {
  const { language } = useLanguage();
  return <><b>{person.name}</b><span className="c3">{person.birthDate === undefined ? '' : formatDate(person.birthDate, language)} {person.hospitalNumber}</span></>;
}
