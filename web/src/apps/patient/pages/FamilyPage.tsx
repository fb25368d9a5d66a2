// The family: for whom one books, and asking to act for one more.
import type * as contracts from '@sen/contracts';
import type { RelationKind } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { formatAge, initialOf } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useFamily } from '../family.tsx';
import { Refused } from '../Frame.tsx';
import { forgetDay } from '../my-day.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { dayTyped } from './typed-day.ts';

const kinds: readonly RelationKind[] = ['mother', 'father', 'child', 'spouse', 'grandparent', 'grandchild', 'sibling', 'guardian', 'other'];

export function FamilyPage() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day, choose } = useFamily();
  const { go } = usePlace();
  usePageTitle(words.tabs.family);
  const family = useQuery({ queryKey: ['family'], queryFn: ({ signal }) => call<typeof contracts.listFamily>('GET', '/api/my/family', {}, signal), enabled: day.kept !== true });
  const look = (patientId: string) => {
    choose(patientId);
    go('/');
  };
  return (
    <>
      <h1>{words.tabs.family}</h1>
      <div className="choices">
        {day.people.map((one) => (
          <button key={one.patientId} type="button" className="choice" onClick={() => look(one.patientId)}>
            <i className="tile" aria-hidden="true">{initialOf(one.name)}</i>
            <span><b>{one.name}</b><small>{[words.relations[one.relation], one.age === undefined ? undefined : formatAge(one.age, language)].filter((part) => part !== undefined).join(', ')}</small></span><Icon name="right" size={22} />
          </button>
        ))}
      </div>
      {family.data?.awaiting.map((one) => <p key={one.id} className="card asked" role="status"><Icon name="clock" size={24} />{words.awaiting(words.relations[one.relation])}</p>)}
      <h2 className="sec">{words.addRelative}</h2>
      {day.kept === true ? <p>{words.noNetworkLead}</p> : <AddRelative />}
    </>
  );
}

function AddRelative() {
  const words = useStrings(strings);
  const queries = useQueryClient();
  const [relation, setRelation] = useState<RelationKind>('mother');
  const [number, setNumber] = useState('');
  const [born, setBorn] = useState('');
  const [tried, setTried] = useState(false);
  const birthDate = dayTyped(born);
  const ask = useMutation({
    mutationFn: (day: string) => call<typeof contracts.addFamily>('POST', '/api/my/family', { number: number.trim(), birthDate: day, relation }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['family'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (birthDate !== undefined && number.trim().length >= 6) ask.mutate(birthDate);
  };
  if (ask.data !== undefined) return <GiveCode request={ask.data.request} />;
  return (
    <form className="card form" onSubmit={send} noValidate>
      <label className="field"><b>{words.whoIsIt}</b><select value={relation} onChange={(event) => setRelation(event.currentTarget.value as RelationKind)}>{kinds.map((kind) => <option key={kind} value={kind}>{words.relations[kind]}</option>)}</select></label>
      <label className="field"><b>{words.theirNumber}</b><span>{words.theirNumberHint}</span><input autoComplete="off" maxLength={24} value={number} onChange={(event) => setNumber(event.currentTarget.value)} /></label>
      {tried && number.trim().length < 6 && <p className="refused" role="alert">{words.badNumber}</p>}
      <label className="field"><b>{words.birthDate}</b><span>{words.birthDateHint}</span><input inputMode="numeric" autoComplete="off" value={born} onChange={(event) => setBorn(event.currentTarget.value)} /></label>
      {tried && birthDate === undefined && <p className="refused" role="alert">{words.badDate}</p>}
      <Refused error={ask.error} />
      <button type="submit" className="primary" disabled={ask.isPending}>{words.askToAdd}</button>
    </form>
  );
}

function GiveCode({ request }: { request: string }) {
  const words = useStrings(strings);
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const give = useMutation({ mutationFn: () => call<typeof contracts.confirmFamily>('POST', '/api/my/family/:request/code', { request, code }), onSuccess: () => forgetDay(queries) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === 6) give.mutate();
  };
  if (give.data !== undefined) return <p className="card asked" role="status"><Icon name="check" size={24} />{words.added(give.data.member.name)}</p>;
  return (
    <form className="card form" onSubmit={send} noValidate>
      <p>{words.relativeCodeLead}</p>
      <label className="field"><b>{words.signIn.code}</b><input className="code-box" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))} /></label>
      <Refused error={give.error} />
      <button type="submit" className="primary" disabled={give.isPending}>{words.next}</button>
    </form>
  );
}
