// The person at the desk, read from top to bottom: who, what looks wrong, appointment, checks, priority, path, act.
import type { AppointmentView, Registration } from '@sen/contracts';
import { Icon } from '../../../../kit/icons.tsx';
import { useMinute } from '../../../../lib/clock.ts';
import { dateParts, formatDate, formatSexAge, glued } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { FamilyRequests } from '../../../../modules/identity/FamilyRequests.tsx';
import { Duplicate } from './Duplicate.tsx';
import type { Subject } from './desk-state.ts';
import { strings } from './strings.ts';

export interface Declared { readonly reasons: readonly DeclaredReason[]; readonly urgent: boolean }
export type DeclaredReason = (typeof declaredReasons)[number];
export const declaredReasons = ['pregnant', 'severe-disability', 'merit'] as const;

interface Props {
  subject: Subject;
  registration: Registration | undefined;
  appointment: AppointmentView | undefined;
  next: AppointmentView | undefined;
  declared: Declared;
  declare: (declared: Declared) => void;
  edit: () => void;
}

export function ArrivalCard({ subject, registration, appointment, next, declared, declare, edit }: Props) {
  return (
    <>
      <Who subject={subject} />
      <Findings subject={subject} />
      <Duplicate subject={subject} registration={registration} />
      <FamilyRequests key={subject.person.id} patientId={subject.person.id} />
      <Appointment appointment={appointment} next={next} />
      <Checks subject={subject} registration={registration} edit={edit} />
      <Priority subject={subject} declared={declared} declare={declare} />
      <Path appointment={appointment} />
    </>
  );
}

function Who({ subject: { person, by } }: { subject: Subject }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const facts = [person.birthDate === undefined ? undefined : formatDate(person.birthDate, language), person.hospitalNumber === undefined ? undefined : `${words.number}\u00a0${person.hospitalNumber}`, person.phoneMasked?.replaceAll(' ', '\u00a0'), person.address].filter((fact) => fact !== undefined);
  return (
    <section className="arrival-part arrival-who">
      <div><h2>{person.name}</h2><p><b>{formatSexAge(person.sex, person.age, language)}</b> <span className="c2">{facts.join(' · ')}</span></p></div>
      <span className={by === 'list' || by === 'search' ? 'pill info' : 'pill ok'}><Icon name="check" size={14} />{words.matchedBy[by]}</span>
    </section>
  );
}

function Findings({ subject: { findings } }: { subject: Subject }) {
  const { language } = useLanguage();
  if (findings.length === 0) return null;
  return <ul className="arrival-part warn">{findings.map(({ code, text }) => <li key={code}><Icon name="warning" />{text[language]}</li>)}</ul>;
}

function Appointment({ appointment, next }: { appointment: AppointmentView | undefined; next: AppointmentView | undefined }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  if (appointment === undefined) {
    return <section className="arrival-part arrival-slot"><strong>–</strong><div><b>{words.notCome}</b><p className="c2">{next === undefined ? words.noAppointmentHint : words.otherDay(`${formatDate(next.start.slice(0, 10), language)}, ${dateParts(next.start)?.time}`)}</p></div></section>;
  }
  const minutes = Math.round((Date.parse(appointment.start) - now) / 60_000);
  return (
    <section className="arrival-part arrival-slot">
      <strong>{dateParts(appointment.start)?.time}</strong>
      <div><b>{[appointment.specialty.name, glued(appointment.room.name), appointment.way].filter(Boolean).join(', ')}</b><p className="c2">{[appointment.doctor?.name, appointment.visitType.name].filter(Boolean).map((text) => glued(text ?? '')).join(' · ')}</p></div>
      <span className={minutes < 0 ? 'pill warn' : 'pill ok'}><Icon name="clock" size={14} />{minutes === 0 ? words.onTime : minutes > 0 ? words.early(minutes) : words.late(-minutes)}</span>
    </section>
  );
}

function Checks({ subject, registration, edit }: { subject: Subject; registration: Registration | undefined; edit: () => void }) {
  const words = useStrings(strings);
  const scanned = subject.by === 'citizen-card' || subject.by === 'insurance-card';
  const insurance = registration?.insuranceNumber;
  const rows: readonly (readonly [string, string, boolean])[] = [
    [words.identity, scanned ? words.identityBy.card : words.identityBy.list, scanned],
    [words.phoneCheck, registration?.phone ?? words.missing, registration?.phone !== undefined],
    [words.insurance, insurance === undefined ? words.noInsurance : words.notChecked(`${insurance.slice(0, 5)}••••${insurance.slice(-4)}`), false],
    [words.relative, registration?.relatives?.[0]?.name ?? words.missing, (registration?.relatives?.length ?? 0) > 0],
  ];
  return (
    <section className="arrival-part" aria-label={words.checks}>
      <dl className="arrival-checks">{rows.map(([name, state, good]) => <div key={name}><dt><Icon name={good ? 'check' : 'info'} className={good ? 'c-ok' : 'c3'} />{name}</dt><dd className="c2 el" title={state}>{state}</dd></div>)}</dl>
      <button type="button" className="link" onClick={edit}>{words.edit} <kbd>E</kbd></button>
    </section>
  );
}

function Priority({ subject: { person }, declared, declare }: { subject: Subject; declared: Declared; declare: (declared: Declared) => void }) {
  const words = useStrings(strings);
  const years = person.age?.unit === 'years' ? person.age.value : 0;
  const byAge = person.age === undefined ? undefined : years >= 75 ? words.age.old : years < 6 ? words.age.child : undefined;
  const toggle = (reason: DeclaredReason) => declare({ ...declared, reasons: declared.reasons.includes(reason) ? declared.reasons.filter((one) => one !== reason) : [...declared.reasons, reason] });
  return (
    <fieldset className="arrival-part arrival-priority">
      <legend className="vh">{words.priority}</legend>
      <div>
        {byAge !== undefined && <span className="pill info">{byAge}</span>}
        {declaredReasons.map((reason, at) => <label key={reason}><input type="checkbox" checked={declared.reasons.includes(reason)} onChange={() => toggle(reason)} />{words.priorities[reason]} <kbd>{at + 1}</kbd></label>)}
        <label><input type="checkbox" checked={declared.urgent} onChange={() => declare({ ...declared, urgent: !declared.urgent })} />{words.urgent} <kbd>U</kbd></label>
      </div>
      <small className="c3">{declared.urgent ? words.urgentHint : words.source}</small>
    </fieldset>
  );
}

function Path({ appointment }: { appointment: AppointmentView | undefined }) {
  const words = useStrings(strings);
  if (appointment === undefined) return null;
  const steps = [[words.desk, words.now], [glued(appointment.room.name), `${dateParts(appointment.start)?.time}–${dateParts(appointment.end)?.time}`], [words.after, words.afterHint]] as const;
  return <section className="arrival-part" aria-label={words.path}><b>{words.path}</b><ol className="arrival-path">{steps.map(([place, when]) => <li key={place}><b>{place}</b><small className="c2">{when}</small></li>)}</ol></section>;
}
