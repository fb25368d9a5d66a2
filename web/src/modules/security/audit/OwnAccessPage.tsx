// Who looked at my record: for the patient, on a phone, in plain sentences, by day.
import type { OwnAccess } from '@sen/contracts';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import './audit.css';
import { useOwnAccess } from './requests.ts';
import { strings } from './strings.ts';

const choices = ['all', 'others', 'changes', 'emergency'] as const;

export function Component() {
  const words = useStrings(strings).own;
  const [search, setSearch] = useSearchParams();
  const only = choices.find((choice) => choice === search.get('only') && choice !== 'all') as 'others' | 'changes' | 'emergency' | undefined;
  const patient = search.get('patient') ?? undefined;
  const asked = useOwnAccess(patient, only);
  usePageTitle(words.title);
  const set = (name: string, value: string | undefined) => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    return next;
  });
  const first = asked.data?.pages[0];
  const file = `/api/my/access-log.csv?${new URLSearchParams({ ...(patient === undefined ? {} : { patient }), ...(only === undefined ? {} : { only }) })}`;
  return (
    <div className="own-access">
      <header>
        <h1>{words.title}</h1>
        <p className="c2">{words.lead}</p>
      </header>
      {first !== undefined && first.patients.length > 1 && (
        <label className="own-whose">{words.whose}
          <select value={first.patient?.id ?? ''} onChange={(event) => set('patient', event.currentTarget.value)}>
            {first.patients.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </label>
      )}
      <div className="own-tools">
        <div className="own-choices" role="group" aria-label={words.show}>
          {choices.map((choice) => (
            <button key={choice} type="button" aria-pressed={(only ?? 'all') === choice} onClick={() => set('only', choice === 'all' ? undefined : choice)}>{words[choice]}</button>
          ))}
        </div>
        <a className="btn own-file" href={file} download><Icon name="save" size={18} />{words.file}</a>
      </div>
      <Answer asked={asked} bones={<Bones rows={8} height={44} gap={16} />}>
        {(data) => <Days accesses={data.pages.flatMap(({ accesses }) => accesses)} />}
      </Answer>
      {asked.hasNextPage && <button type="button" className="btn own-more" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{words.more}</button>}
      <p className="c2">{words.ask} <Link className="own-ask" to="/my/requests">{words.askLink}</Link></p>
    </div>
  );
}

function Days({ accesses }: { accesses: readonly OwnAccess[] }) {
  const words = useStrings(strings).own;
  const { language } = useLanguage();
  if (accesses.length === 0) return <Empty title={words.none}>{words.noneHint}</Empty>;
  const days = Map.groupBy(accesses, ({ from }) => formatDate(from, language));
  return [...days].map(([day, some]) => (
    <section key={day} className="own-day">
      <h2>{day}</h2>
      <ul>{some.map((access) => <Access key={`${access.from}|${access.actor.name}|${access.sentence.vi}`} access={access} />)}</ul>
    </section>
  ));
}

function Access({ access }: { access: OwnAccess }) {
  const words = useStrings(strings).own;
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const { sentence, emergency, refused, actor, steps, count } = access;
  const icon: IconName = emergency !== undefined ? 'siren' : actor.own ? 'person' : refused ? 'warning' : 'stethoscope';
  return (
    <li className={emergency !== undefined ? 'own-one urgent' : 'own-one'}>
      <Icon name={icon} size={22} className={emergency !== undefined ? 'c-bad' : 'c3'} />
      <div>
        {emergency !== undefined && <span className="pill bad"><Icon name="siren" size={14} />{words.emergency1}</span>}
        {refused && <span className="pill warn">{words.refused}</span>}
        <p>{sentence[language]}</p>
        {emergency !== undefined && emergency.reason !== '' && <p className="own-reason"><b>{words.reason}:</b> {emergency.reason}</p>}
        {count > 1 && <button type="button" className="own-open" aria-expanded={open} onClick={() => setOpen(!open)}>{words.steps} ({words.times(count)})<Icon name={open ? 'up' : 'down'} size={16} /></button>}
        {open && <ol className="own-steps">{steps.map((step, at) => <li key={at}><time dateTime={step.at}>{timeOf(step.at)}</time> {step[language]}</li>)}</ol>}
      </div>
    </li>
  );
}

/** In the hospital's zone, with seconds: two steps of one minute are told apart. */
function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour12: false });
}
