// Medicines in use; those of the past are asked for only when somebody wants them.
import type { Medicine } from '@sen/contracts';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { formatDate, glued } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useMedicines } from './requests.ts';
import { strings } from './strings.ts';
import { Left } from './summary-cards.tsx';

export function Component() {
  const { patientId = '' } = useParams();
  const words = useStrings(strings);
  const [past, setPast] = useState(false);
  return (
    <div className="chart-scroll">
      <section aria-labelledby="current">
        <div className="head block-head"><h2 id="current">{words.medicines}</h2></div>
        <Pages patientId={patientId} when="current" empty={words.noMedicines} />
      </section>
      <section aria-labelledby="past">
        <div className="head block-head"><h2 id="past">{words.past}</h2></div>
        {past ? <Pages patientId={patientId} when="past" empty={words.noPast} /> : <button type="button" className="btn" onClick={() => setPast(true)}><Icon name="clock" />{words.showPast}</button>}
      </section>
    </div>
  );
}

function Pages({ patientId, when, empty }: { patientId: string; when: 'current' | 'past'; empty: string }) {
  const words = useStrings(strings);
  const medicines = useMedicines(patientId, when);
  return (
    <Answer asked={medicines} bones={<div className="card tiles-bones"><Bones rows={6} height={16} gap={14} /></div>}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.medicines);
        if (rows.length === 0) return <div className="card"><Empty title={empty} /></div>;
        return (
          <>
            <MedicineTable rows={rows} past={when === 'past'} />
            {medicines.hasNextPage && <button type="button" className="btn small older" disabled={medicines.isFetchingNextPage} onClick={() => void medicines.fetchNextPage()}>{words.more}</button>}
          </>
        );
      }}
    </Answer>
  );
}

function MedicineTable({ rows, past }: { rows: readonly Medicine[]; past: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <div className="card table-card">
      <table className="wide">
        <thead>
          <tr>
            <th scope="col">{words.medicine}</th><th scope="col">{words.sig}</th><th scope="col">{words.reason}</th><th scope="col">{words.prescriber}</th><th scope="col" className="num">{words.prescribed}</th>
            <th scope="col" className={past ? undefined : 'num'}>{past ? words.status : words.left}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((medicine) => (
            <tr key={medicine.id}>
              <th scope="row">{glued(medicine.name)}</th>
              <td>{medicine.sig ?? (medicine.asNeeded ? words.asNeeded : <span className="c3">{words.noSig}</span>)}</td>
              <td className="c2">{medicine.reason}</td>
              <td className="c2">{medicine.prescriber === undefined ? '' : glued(medicine.prescriber)}</td>
              <td className="num c2">{medicine.prescribed === undefined ? '' : formatDate(medicine.prescribed, language)}</td>
              <td className={past ? undefined : 'num'}>{past ? words.medicineStates[medicine.status] : <Left medicine={medicine} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
