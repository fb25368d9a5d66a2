// Problems and current medicines, side by side.
import type { Medicine, Problem } from '@sen/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { dateParts, glued } from '../../lib/format.ts';
import { useStrings } from '../../lib/language.tsx';
import { useMedicines, useProblems } from './requests.ts';
import { strings } from './strings.ts';

const rowsShown = 6;
const allRows = 200;

export function ProblemsCard({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const [all, setAll] = useState(false);
  const problems = useProblems(patientId, all ? allRows : rowsShown);
  return (
    <section className="card facts-card" aria-labelledby="problems">
      <div className="head"><h2 id="problems">{words.problems}</h2><span className="end">ICD-10</span></div>
      <Answer asked={problems} bones={<Bones rows={6} />}>
        {({ problems: rows, more }) => rows.length === 0 ? <Empty title={words.noProblems} /> : (
          <>
            <ul className="problem-rows">{rows.map((problem) => <ProblemRow key={problem.id} problem={problem} />)}</ul>
            {(more || all) && <button type="button" className="link rows-link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? words.fewer : words.allOf}</button>}
          </>
        )}
      </Answer>
    </section>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const words = useStrings(strings);
  const year = problem.since === undefined ? '' : dateParts(problem.since)?.year;
  return (
    <li className={problem.active ? undefined : 'c3'}>
      <span className="el" title={problem.name}>{problem.name}</span>
      <span className="small c3">{problem.code}</span>
      <span className="small c3 num">{problem.active ? year : words.resolved}</span>
    </li>
  );
}

export function MedicinesCard({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const medicines = useMedicines(patientId, 'current');
  const first = { data: medicines.data?.pages[0], error: medicines.error, refetch: medicines.refetch };
  return (
    <section className="card facts-card" aria-labelledby="current-medicines">
      <div className="head"><h2 id="current-medicines">{words.medicines}</h2><span className="end">{words.left}</span></div>
      <Answer asked={first} bones={<Bones rows={6} />}>
        {({ medicines: rows, next }) => rows.length === 0 ? <Empty title={words.noMedicines} /> : (
          <>
            <ul className="medicine-rows">{rows.slice(0, rowsShown).map((medicine) => <MedicineRow key={medicine.id} medicine={medicine} />)}</ul>
            {(rows.length > rowsShown || next !== undefined) && <Link className="link rows-link" to={`/patients/${patientId}/medicines`}>{words.allOf}{next === undefined && ` ${rows.length}`}</Link>}
          </>
        )}
      </Answer>
    </section>
  );
}

function MedicineRow({ medicine }: { medicine: Medicine }) {
  const words = useStrings(strings);
  const sig = medicine.sig ?? (medicine.asNeeded ? words.asNeeded : undefined);
  return (
    <li>
      <span className="m el" title={medicine.name}>{glued(medicine.name)}</span>
      <span className="c2 el" title={sig}>{sig}</span>
      <Left medicine={medicine} />
    </li>
  );
}

const soonDays = 7;

/** Days of supply left; amber within a week. */
export function Left({ medicine }: { medicine: Medicine }) {
  const words = useStrings(strings);
  const { daysLeft } = medicine;
  if (medicine.status === 'on-hold') return <span className="num c-warn m">{words.medicineStates['on-hold']}</span>;
  if (daysLeft === undefined) return <span className="num" />;
  if (daysLeft < 0) return <span className="num c-warn m">{words.ranOut}</span>;
  return <span className={daysLeft <= soonDays ? 'num c-warn m' : 'num c3'}>{words.days(daysLeft)}</span>;
}
