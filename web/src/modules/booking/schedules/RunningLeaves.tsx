// Who is away now or will be; a leave can be ended early, asked twice.
import { useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { formatDateTime, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useEndLeave, useLeaves } from './requests.ts';
import { strings } from './strings.ts';

export function RunningLeaves() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const leaves = useLeaves().data?.leaves ?? [];
  const [asked, setAsked] = useState<string>();
  const end = useEndLeave();
  return (
    <section className="schedule-form">
      <h2>{words.running}</h2>
      {leaves.length === 0 && <p className="c2">{words.noLeave}</p>}
      {end.error instanceof ApiError && <p className="field-error" role="alert">{end.error.text[language]}</p>}
      {end.data !== undefined && <p className="note" role="status">{words.leaveEnded(end.data.opened, end.data.kept)}</p>}
      <ul className="running">{leaves.map((one) => (
        <li key={one.id}>
          <span><b>{glued(one.doctor.name)}</b> {formatDateTime(one.from, language)} – {formatDateTime(one.until, language)} <span className="c2">{[one.replacement?.name, one.reason].filter(Boolean).join(' · ')}</span></span>
          <button type="button" className="btn small" disabled={end.isPending} onClick={() => { if (asked === one.id) end.mutate(one.id); else setAsked(one.id); }}>{asked === one.id ? words.endLeaveSure : words.endLeave}<span className="vh"> {one.doctor.name}</span></button>
        </li>
      ))}</ul>
    </section>
  );
}
