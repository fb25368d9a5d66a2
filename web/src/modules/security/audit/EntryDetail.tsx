// One entry in full, as it is sealed.
import type { AuditRow } from '@sen/contracts';
import type { ReactNode } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { roleNames } from '../role-names.ts';
import { strings } from './strings.ts';

export function EntryDetail({ row }: { row: AuditRow | undefined }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  if (row === undefined) return <aside className="audit-detail" aria-label={words.detail}><p className="c3">{words.choose}</p></aside>;
  const { columns } = words;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [columns.at, formatDateTime(row.at, language)],
    [columns.who, `${row.actor.name} (${row.actor.id})`],
    [words.role, row.actor.roles.map((role) => roleNames[language][role] ?? role).join(', ')],
    [columns.did, row.did[language]],
    [columns.outcome, words.outcomes[row.outcome]],
    [words.status, row.status], [words.code, row.code],
    [columns.patient, row.patients.length === 0 ? undefined : <PatientList key="patients" row={row} />],
    [words.touches, row.touches.length === 0 ? undefined : <ul key="touches">{row.touches.map((touch) => <li key={touch}><code>{touch}</code></li>)}</ul>],
    [words.query, row.query === undefined ? undefined : <code key="query">{readable(row.query)}</code>],
    [words.door, row.door], [words.address, row.address], [words.client, row.client], [words.purpose, row.emergency ? 'BTG' : row.purpose],
    [words.session, row.session], [words.request, row.request],
    [words.more2, Object.keys(row.detail).length === 0 ? undefined : <ul key="more">{Object.entries(row.detail).map(([name, value]) => <li key={name}>{name}: {String(value)}</li>)}</ul>],
    [words.seq, row.seq], [words.hash, <code key="hash">{row.hash}</code>],
  ];
  return (
    <aside className="audit-detail" aria-label={words.detail} tabIndex={0}>
      <h2>{words.detail}</h2>
      <dl>{facts.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </aside>
  );
}

function PatientList({ row }: { row: AuditRow }) {
  const words = useStrings(strings);
  const rest = row.patientCount - row.patients.length;
  return <ul>{row.patients.map(({ id, name }) => <li key={id}>{id === '0' ? words.everyone : `${name} (${id})`}</li>)}{rest > 0 && <li>{words.others(rest)}</li>}</ul>;
}

function readable(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
