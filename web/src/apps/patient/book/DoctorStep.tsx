// Step 2: which doctor; whoever is free first stands above.
import type * as contracts from '@sen/contracts';
import type { BookingDoctor } from '@sen/contracts';
import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { initialOf } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { sayStart } from '../days.ts';
import { useFamily } from '../family.tsx';
import { Refused } from '../Frame.tsx';
import { nameInSentence } from '../people.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { useBookedPerson, useBooking, type Choices } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';

export function DoctorStep({ specialty }: { specialty: { id: string; name: string } }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const person = useBookedPerson();
  const now = useMinute();
  const { choices, choose } = useBooking();
  const { go } = usePlace();
  const found = useQuery({ queryKey: ['doctors', specialty.id], queryFn: ({ signal }) => call<typeof contracts.listBookingDoctors>('GET', '/api/booking/doctors', { specialty: specialty.id }, signal) });
  const next = (doctor: NonNullable<Choices['doctor']>) => {
    const isSame = doctor === choices.doctor || (doctor !== 'any' && choices.doctor !== 'any' && doctor.id === choices.doctor?.id);
    choose({ doctor, hold: undefined, ...(!isSame && { day: undefined }) });
    go('/book/time');
  };
  const first = found.data?.doctors.flatMap(({ nextFree }) => (nextFree === undefined ? [] : [nextFree])).sort()[0];
  return (
    <BookingFrame step={2} title={words.whichDoctor} lead={person === undefined ? specialty.name : words.specialtyFor(specialty.name, nameInSentence(person, language))}>
      <Refused error={found.error} />
      <button type="button" className="choice any" onClick={() => next('any')}>
        <i className="tile"><Icon name="clock" size={24} /></i><span><b>{words.anyDoctor}</b><small>{first === undefined ? words.seeTimes : sayStart(first, now, language)}</small></span><Icon name="right" size={22} />
      </button>
      {(found.data?.doctors.length ?? 0) > 0 && <h2 className="beside">{words.orChoose}<span>{words.soonestFirst}</span></h2>}
      {found.data?.doctors.map((doctor) => <DoctorCard key={doctor.id} doctor={doctor} now={now} choose={() => next({ id: doctor.id, name: doctor.name })} />)}
    </BookingFrame>
  );
}

function DoctorCard({ doctor, now, choose }: { doctor: BookingDoctor; now: number; choose: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day } = useFamily();
  const person = useBookedPerson();
  const seen = day.past.filter((one) => one.doctor?.id === doctor.id && one.patientId === person?.patientId && one.state === 'fulfilled').length;
  return (
    <button type="button" className="doctor" onClick={choose}>
      <span className="doctor-who">
        <i aria-hidden="true">{initialOf(doctor.name)}</i>
        <span><b>{doctor.name}</b><small>{doctor.specialties.map(({ name }) => name).join(', ')}</small>{seen > 0 && person !== undefined && <em>{words.hasSeen(nameInSentence(person, language), seen)}</em>}</span>
        <Icon name="right" size={22} />
      </span>
      <span className="doctor-when"><Icon name="calendar" size={22} /><b>{doctor.nextFree === undefined ? words.noFree : sayStart(doctor.nextFree, now, language)}</b></span>
    </button>
  );
}
