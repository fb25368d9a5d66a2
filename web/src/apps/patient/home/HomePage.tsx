// Today: the one next step, large; then the steps of the visit, what is coming, and what one waits for.
import type { AppointmentView } from '@sen/contracts';
import { useEffect, useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { sayStart } from '../days.ts';
import { useFamily } from '../family.tsx';
import { callName, nameInSentence } from '../people.ts';
import { To } from '../place.tsx';
import { strings } from '../strings.ts';
import { AppointmentPass } from './AppointmentPass.tsx';
import { VisitPass } from './VisitPass.tsx';
import { VisitSteps } from './VisitSteps.tsx';
import { WaitingOffers } from './WaitingOffers.tsx';

export function HomePage() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day, person } = useFamily();
  const now = useNow();
  usePageTitle(words.tabs.today);
  if (person === undefined) return <Nobody />;
  const visits = day.visits.filter(({ patientId }) => patientId === person.patientId);
  const visit = visits.find(({ state }) => state !== 'done' && state !== 'left') ?? visits[0];
  const coming = day.coming.filter((one) => one.patientId === person.patientId && one.state === 'booked');
  const next = visit === undefined || visit.state === 'done' || visit.state === 'left' ? coming[0] : undefined;
  const others = day.visits.filter((one) => one.patientId !== person.patientId && one.state === 'called');
  return (
    <>
      {others.map((one) => <CalledElsewhere key={one.visitId} patientId={one.patientId} room={one.room.name} />)}
      {visit !== undefined && <VisitPass visit={visit} person={person} day={day} now={now} />}
      {next !== undefined && <AppointmentPass appointment={next} person={person} now={now} />}
      {visit === undefined && next === undefined && <Empty name={nameInSentence(person, language)} />}
      {visit !== undefined && <VisitSteps visit={visit} />}
      <WaitingOffers patientId={person.patientId} now={now} />
      <Coming appointments={coming.filter((one) => one !== next)} now={now} />
    </>
  );
}

function CalledElsewhere({ patientId, room }: { patientId: string; room: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const other = useFamily().day.people.find((one) => one.patientId === patientId);
  return other === undefined ? null : <p className="elsewhere" role="alert"><Icon name="bell" size={24} />{words.calledElsewhere(callName(other, language), room)}</p>;
}

function Coming({ appointments, now }: { appointments: readonly AppointmentView[]; now: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  if (appointments.length === 0) return null;
  return (
    <>
      <h2 className="sec">{words.coming}</h2>
      <div className="rows">
        {appointments.map((one) => (
          <To key={one.id} path={`/appointments/${one.id}`}>
            <Icon name="calendar" size={24} /><span>{sayStart(one.start, now, language)}<small>{[one.specialty.name, one.doctor?.name].filter(Boolean).join(', ')}</small></span><Icon name="right" size={22} />
          </To>
        ))}
      </div>
    </>
  );
}

function Empty({ name }: { name: string }) {
  const words = useStrings(strings);
  return (
    <section className="empty-day">
      <h1>{words.nothingToday}</h1>
      <p>{words.nothingTodayLead(name)}</p>
      <To path="/book" className="primary">{words.book}</To>
    </section>
  );
}

function Nobody() {
  const words = useStrings(strings);
  return <section className="empty-day"><h1>{words.nobody}</h1><p>{words.nobodyLead}</p><To path="/family" className="primary">{words.addRelative}</To></section>;
}

/** Now, told again every ten seconds: the age of the minutes of waiting decides whether they are shown. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
