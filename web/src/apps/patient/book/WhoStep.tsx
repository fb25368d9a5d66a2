// Step 1: for whom, and what for.
import type * as contracts from '@sen/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { formatAge, initialOf } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { plain } from '../../../lib/plain.ts';
import { useFamily } from '../family.tsx';
import { Refused } from '../Frame.tsx';
import { callName } from '../people.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { useBookedPerson, useBooking } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';

export function WhoStep() {
  const words = useStrings(strings);
  return (
    <BookingFrame step={1} title={words.forWhom}>
      <People />
      <h2 className="big">{words.whatFor}</h2>
      <p className="danger"><Icon name="warning" size={24} /><span>{words.emergency}</span><a href="tel:115">{words.call115}</a></p>
      <Specialties />
    </BookingFrame>
  );
}

function People() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day } = useFamily();
  const person = useBookedPerson();
  const { choose } = useBooking();
  return (
    <div className="people" role="group" aria-label={words.forWhom}>
      {day.people.map((one) => (
        <button key={one.patientId} type="button" aria-pressed={one.patientId === person?.patientId} onClick={() => choose({ patientId: one.patientId, hold: undefined, moving: undefined })}>
          <i aria-hidden="true">{initialOf(one.name)}</i><b>{callName(one, language)}</b>{one.age !== undefined && <small>{formatAge(one.age, language)}</small>}
        </button>
      ))}
    </div>
  );
}

function Specialties() {
  const words = useStrings(strings);
  const { day } = useFamily();
  const { choices, choose } = useBooking();
  const { go } = usePlace();
  const person = useBookedPerson();
  const [typed, setTyped] = useState('');
  const found = useQuery({ queryKey: ['specialties'], queryFn: ({ signal }) => call<typeof contracts.listBookingSpecialties>('GET', '/api/booking/specialties', {}, signal) });
  const wanted = plain(typed.trim());
  const shown = (found.data?.specialties ?? []).filter(({ name, plain: why }) => wanted === '' || plain(`${name} ${why ?? ''}`).includes(wanted));
  const next = (specialty: { id: string; name: string }) => {
    choose({ patientId: person?.patientId, specialty, hold: undefined, moving: undefined, ...(choices.specialty?.id !== specialty.id && { doctor: undefined, day: undefined }) });
    go('/book/doctor');
  };
  return (
    <>
      <label className="search"><Icon name="search" size={24} /><span className="vh">{words.searchSpecialty}</span><input type="search" value={typed} placeholder={words.searchSpecialty} onChange={(event) => setTyped(event.currentTarget.value)} /></label>
      <Refused error={found.error} />
      <div className="choices">
        {shown.map((one) => (
          <button key={one.id} type="button" className="choice" onClick={() => next(one)}>
            <i className="tile"><Icon name="stethoscope" size={24} /></i><span><b>{one.name}</b>{one.plain !== undefined && <small>{one.plain}</small>}</span><Icon name="right" size={22} />
          </button>
        ))}
        {found.data !== undefined && shown.length === 0 && <p className="none">{words.noSpecialty}</p>}
        {day.hospital.phone !== undefined && (
          <a className="choice" href={`tel:${day.hospital.phone.replace(/[^\d+]/g, '')}`}>
            <i className="tile"><Icon name="info" size={24} /></i><span><b>{words.notSure}</b><small>{words.notSureLead(day.hospital.phone)}</small></span><Icon name="phone" size={22} />
          </a>
        )}
      </div>
    </>
  );
}
