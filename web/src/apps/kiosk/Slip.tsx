// What a printer at the kiosk prints on a roll of 80 mm: the number and the way, no name.
import { createPortal } from 'react-dom';
import { useMinute } from '../../lib/clock.ts';
import { dateParts, formatDate } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';
import type { Told } from './told.ts';

export function Slip({ facilityName, told, offset }: { facilityName: string; told: Told; offset: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const parts = dateParts(new Date(useMinute() + offset).toISOString());
  const day = parts === undefined ? '' : `${parts.year}-${parts.month}-${parts.day}`;
  return createPortal(
    <section className="slip" aria-hidden="true">
      <p>{facilityName}</p>
      <p>{told.numberLabel}</p>
      <strong>{told.number}</strong>
      {told.room !== undefined && <h2>{told.room}</h2>}
      {told.way !== undefined && <p>{told.way}</p>}
      {told.at !== undefined && <p>{words.at} {told.at}</p>}
      {told.lines.map((line) => <p key={line}>{line}</p>)}
      <p>{parts?.time}, {formatDate(day, language)}</p>
      <p className="small">{words.keep}</p>
    </section>,
    document.body,
  );
}
