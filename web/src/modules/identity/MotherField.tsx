// The mother's record, found as one types.
import { useState } from 'react';
import { useStrings } from '../../lib/language.tsx';
import { useFindPatients } from './find-patients.ts';
import { PersonLine } from './PersonLine.tsx';
import { strings } from './registration-strings.ts';

export function MotherField({ chosen, choose }: { chosen: string; choose: (id: string) => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  const women = (useFindPatients(chosen === '' ? typed : '').data?.matches ?? []).filter(({ sex }) => sex !== 'male').slice(0, 5);
  if (chosen !== '') {
    return <div className="wide mother"><span>{words.chosenMother}: <b>{name === '' ? chosen : name}</b></span><button type="button" className="btn small" onClick={() => choose('')}>{words.otherMother}</button></div>;
  }
  return (
    <div className="wide mother">
      <label>{words.mother}<input value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" maxLength={120} /></label>
      {women.map((one) => <button key={one.id} type="button" className="mother-found" onClick={() => { setName(one.name); choose(one.id); }}><PersonLine person={one} typed={typed} /></button>)}
    </div>
  );
}
