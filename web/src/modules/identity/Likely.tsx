// Who may be the person being typed, with the reasons: stop, look, then take that one or go on.
import type { DuplicateCandidate } from '@sen/contracts';
import { Icon } from '../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { PersonLine } from './PersonLine.tsx';
import { strings } from './registration-strings.ts';

const shown = 3;

export function Likely({ candidates, take }: { candidates: readonly DuplicateCandidate[]; take: (patient: { patientId: string; hospitalNumber: string; name: string }) => void }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  return (
    <div role="status" className="wide likely">
      {candidates.slice(0, shown).map(({ patient, score, reasons }) => (
        <div key={patient.id} className="note warn"><Icon name="people" size={18} className="c-warn" />
          <div className="what"><b>{words.likely(Math.min(99, Math.round(score * 100)))}</b><PersonLine person={patient} /><small>{reasons.slice(0, 4).map(({ text }) => text[language]).join(' · ')}</small></div>
          <button type="button" className="btn small" onClick={() => take({ patientId: patient.id, hospitalNumber: patient.hospitalNumber ?? '', name: patient.name })}>{words.thisOne}</button></div>
      ))}
    </div>
  );
}
