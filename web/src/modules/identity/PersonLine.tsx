// One person in a list: enough to be sure that it is the right one.
import type { PatientMatch } from '@sen/contracts';
import { formatDate, formatSexAge } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { pieces } from '../../lib/plain.ts';
import { strings } from './strings.ts';

type Person = Pick<PatientMatch, 'name' | 'sex' | 'age' | 'birthDate' | 'deceased' | 'hospitalNumber'> & Partial<Pick<PatientMatch, 'phoneMasked' | 'citizenNumberMasked' | 'matchedBy'>>;

export function PersonLine({ person, typed = '' }: { person: Person; typed?: string }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const facts = [
    person.birthDate === undefined ? undefined : formatDate(person.birthDate, language),
    person.hospitalNumber === undefined ? undefined : `${words.number}\u00a0${person.hospitalNumber}`,
    person.matchedBy === 'citizen-number' && person.citizenNumberMasked !== undefined ? `${words.citizen}\u00a0${person.citizenNumberMasked}` : person.phoneMasked,
  ].filter((fact) => fact !== undefined);
  return (
    <>
      <span className="person-name">
        <b className="el"><Marked text={person.name} typed={typed} /></b>
        <span className="nw c2">{formatSexAge(person.sex, person.age, language)}</span>
      </span>
      <span className="person-facts c3 el">{person.deceased !== undefined && <b className="died-fact">{words.died}{person.deceased === '' ? '' : ` ${formatDate(person.deceased, language)}`} · </b>}{facts.join(' · ')}</span>
    </>
  );
}

export function Marked({ text, typed }: { text: string; typed: string }) {
  if (typed === '') return text;
  return pieces(text, typed).map((piece, at) => (piece.hit ? <mark key={at} className="hit">{piece.text}</mark> : piece.text));
}
