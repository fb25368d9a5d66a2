// The next appointment, before the visit: which day, when to be there, the code for the door.
import type { AppointmentView, FamilyMember } from '@sen/contracts';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { addDays, dayOf, sayDay, timeOf } from '../days.ts';
import { useFamily } from '../family.tsx';
import { nameInSentence } from '../people.ts';
import { To } from '../place.tsx';
import { strings } from '../strings.ts';
import { CodePart, Pass } from './Pass.tsx';

/** The door lets in from an hour before the start (checkInMyself). */
const doorOpensMs = 3_600_000;

export function AppointmentPass({ appointment, person, now }: { appointment: AppointmentView; person: FamilyMember; now: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day } = useFamily();
  const date = dayOf(appointment.start);
  const isToday = date === dayOf(now);
  const title = isToday ? timeOf(appointment.arriveAt) : date === addDays(dayOf(now), 1) ? words.tomorrow : sayDay(date, language, 'short');
  const doctor = appointment.doctor === undefined ? appointment.specialty.name : words.meetDoctor(appointment.doctor.name);
  const isNear = isToday && Date.parse(appointment.start) - now < doorOpensMs && Date.parse(appointment.end) > now;
  return (
    <Pass
      part={{
        eyebrow: isToday ? words.arriveToday(nameInSentence(person, language)) : words.nextAppointment,
        title,
        where: [appointment.room.name, appointment.way].filter((one) => one !== undefined).join(', '),
        wait: isToday ? words.slotLarge(timeOf(appointment.start)) : words.arriveAt(timeOf(appointment.arriveAt)),
        waitMore: isToday ? doctor : `${words.slotLarge(timeOf(appointment.start))}. ${doctor}`,
        way: { room: appointment.room.name.replace(/^\D+/, '') || appointment.room.name, words: appointment.way },
        note: appointment.toCall ? words.hospitalChanged : undefined,
      }}
      code={<CodePart qr={appointment.qr} title={words.showAtDoor} line={<>{words.code} <b>{appointment.code}</b></>} kept={day.kept === true} />}
    >
      {isNear && day.kept !== true && <To path={`/appointments/${appointment.id}/arrive`} className="aloud"><Icon name="camera" size={24} />{words.atTheDoor}</To>}
      <To path={`/appointments/${appointment.id}`} className="aloud"><Icon name="document" size={24} />{words.seeAppointment}</To>
    </Pass>
  );
}
