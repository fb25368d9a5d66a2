// Entries, newest first: up and down (or J and K) move, the detail stands beside.
import type { AuditRow } from '@sen/contracts';
import { useEffect, useState } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { formatDateTime } from '../../../lib/format.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { EntryDetail } from './EntryDetail.tsx';
import { useAudit, type Filters } from './requests.ts';
import { strings } from './strings.ts';

export function EntryTable({ filters }: { filters: Filters }) {
  const asked = useAudit(filters);
  return (
    <Answer asked={asked} bones={<Bones rows={12} height={22} gap={10} />}>
      {(data) => <Entries rows={data.pages.flatMap(({ entries }) => entries)} more={asked.hasNextPage ? () => void asked.fetchNextPage() : undefined} waits={asked.isFetchingNextPage} />}
    </Answer>
  );
}

function Entries({ rows, more, waits }: { rows: readonly AuditRow[]; more: (() => void) | undefined; waits: boolean }) {
  const words = useStrings(strings);
  const [chosen, setChosen] = useState<number>();
  const at = rows.findIndex(({ seq }) => seq === chosen);
  const move = (step: number) => setChosen(rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.seq);
  useKeys({ j: () => move(1), k: () => move(-1), arrowdown: () => move(1), arrowup: () => move(-1) });
  useEffect(() => document.getElementById(`entry-${chosen}`)?.scrollIntoView({ block: 'nearest' }), [chosen]);
  if (rows.length === 0) return <Empty title={words.none}>{words.noneHint}</Empty>;
  const { columns } = words;
  return (
    <div className="audit-body">
      <div className="audit-scroll" tabIndex={0} role="region" aria-label={words.list}>
        <table className="audit-table">
          <thead><tr><th>{columns.at}</th><th>{columns.who}</th><th>{columns.did}</th><th>{columns.patient}</th><th>{columns.what}</th><th>{columns.outcome}</th><th>{columns.address}</th></tr></thead>
          <tbody>{rows.map((row) => <Row key={row.seq} row={row} chosen={row.seq === chosen} choose={() => setChosen(row.seq)} />)}</tbody>
        </table>
        {more !== undefined && <button type="button" className="btn audit-more" disabled={waits} onClick={more}>{words.more}</button>}
      </div>
      <EntryDetail row={rows[at]} />
    </div>
  );
}

function Row({ row, chosen, choose }: { row: AuditRow; chosen: boolean; choose: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const what = row.touches[0]?.slice(2) ?? row.query ?? row.door ?? '';
  return (
    <tr id={`entry-${row.seq}`} aria-current={chosen ? 'true' : undefined} onClick={choose}>
      <td className="nw"><button type="button" className="audit-choose" onClick={choose}>{formatDateTime(row.at, language)}</button></td>
      <td className="el" title={row.actor.name}>{row.actor.name}</td>
      <td className="el">{row.did[language]}</td>
      <td className="el"><PatientsOf row={row} /></td>
      <td className="el c3" title={what}>{what}</td>
      <td className="nw"><OutcomeOf row={row} />{row.emergency && <span className="pill bad">{words.emergency}</span>}</td>
      <td className="c3 nw">{row.address}</td>
    </tr>
  );
}

function PatientsOf({ row }: { row: AuditRow }) {
  const words = useStrings(strings);
  const [first] = row.patients;
  if (first === undefined) return null;
  if (first.id === '0') return words.everyone;
  return <>{first.name}{row.patientCount > 1 && <span className="c3"> {words.others(row.patientCount - 1)}</span>}</>;
}

function OutcomeOf({ row }: { row: AuditRow }) {
  const words = useStrings(strings);
  const tone = { done: '', refused: ' warn', failed: ' bad' }[row.outcome];
  return row.outcome === 'done' ? <span className="c3">{words.outcomes.done}</span> : <span className={`pill${tone}`}>{words.outcomes[row.outcome]}</span>;
}
