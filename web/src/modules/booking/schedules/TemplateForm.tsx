// One weekly template: filled in, looked at (what is to be said of it, what it does to the sessions already made), then kept. Enter goes on at each step.
import type { StoredTemplate, WeeklyTemplate } from '@sen/contracts';
import { useState, type SyntheticEvent } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { dayAfter } from '../seats/times.ts';
import { Doctors } from './LeaveForm.tsx';
import { useEndTemplate, usePreviewTemplate, useSaveTemplate, useTemplates } from './requests.ts';
import { SeatRules } from './SeatRules.tsx';
import { strings } from './strings.ts';
import { Effect, Findings } from './TemplateEffect.tsx';

interface Edited {
  readonly today: string;
  readonly replaces: StoredTemplate | undefined;
  readonly specialty: string;
  close(): void;
}

export function TemplateForm({ today, replaces, specialty, close }: Edited) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [form, setForm] = useState<Draft>(() => startOf(replaces, specialty, dayAfter(today, 1)));
  const [preview, save] = [usePreviewTemplate(), useSaveTemplate()];
  const change = (part: Partial<Draft>) => { preview.reset(); save.reset(); setForm({ ...form, ...part }); };
  const errors = preview.data?.findings.some(({ level }) => level === 'error') ?? false;
  const looked = preview.data !== undefined && !errors;
  const ask = { ...(replaces !== undefined && { replaces: replaces.id }), template: templateOf(form) };
  const next = (form.weekday % 7) + 1;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!looked) return preview.mutate(ask);
    // A week is filled in day by day: the form stays, one weekday on.
    save.mutate(ask, { onSuccess: () => { if (replaces === undefined) { preview.reset(); setForm({ ...form, weekday: next }); } } });
  };
  const error = preview.error ?? save.error;
  return (
    <aside className="session-panel wide" aria-label={words.templateForm}>
      <div className="head"><h2>{replaces === undefined ? words.add : words.changeOf(glued(replaces.doctorName ?? replaces.roomName))}</h2><button type="button" className="icon-button end" aria-label={words.closePanel} onClick={close}><Icon name="close" size={16} /></button></div>
      <form className="desk-form" aria-label={words.templateForm} onSubmit={submit}>
        <Who form={form} change={change} />
        <When form={form} change={change} />
        <Takes form={form} change={change} />
        <SeatRules rules={form.seats} change={(seats) => change({ seats })} />
        {error instanceof ApiError && <p className="field-error" role="alert">{error.text[language]}</p>}
        {preview.data !== undefined && <Findings findings={preview.data.findings} seats={preview.data.seats} />}
        {preview.data?.effect !== undefined && <Effect effect={save.data?.effect ?? preview.data.effect} />}
        {save.data !== undefined && <p className="note" role="status">{replaces === undefined ? words.saved(words.weekdays[form.weekday - 1]!) : words.changed}</p>}
        {(replaces === undefined || save.data === undefined) && <div className="form-end"><button type="submit" className="btn primary" disabled={preview.isPending || save.isPending}>{looked ? words.save : words.preview}</button></div>}
      </form>
      {replaces !== undefined && save.data === undefined && <End template={replaces} today={today} />}
    </aside>
  );
}

/** As the fields have it: empty where there is none. */
type Draft = Omit<WeeklyTemplate, 'doctor' | 'validUntil'> & { readonly doctor: string; readonly validUntil: string };

function startOf(replaces: StoredTemplate | undefined, specialty: string, tomorrow: string): Draft {
  if (replaces === undefined) return { doctor: '', room: '', specialty, weekday: 1, from: '07:30', until: '11:30', stepMinutes: 15, lanes: 1, visitTypes: [], seats: [], validFrom: tomorrow, validUntil: '' };
  const { id: _id, doctorName: _doctor, roomName: _room, specialtyName: _specialty, doctor = '', validUntil = '', ...template } = replaces;
  return { ...template, doctor, validUntil, validFrom: template.validFrom > tomorrow ? template.validFrom : tomorrow };
}

function templateOf({ doctor, validUntil, ...rest }: Draft): WeeklyTemplate {
  return { ...rest, ...(doctor !== '' && { doctor }), ...(validUntil !== '' && { validUntil }) };
}

interface Part {
  readonly form: Draft;
  change(part: Partial<Draft>): void;
}

function Who({ form, change }: Part) {
  const words = useStrings(strings);
  const choices = useTemplates().data;
  const pick = (doctor: string) => {
    const specialty = choices?.doctors.find(({ id }) => id === doctor)?.specialties[0] ?? form.specialty;
    const room = form.room === '' ? choices?.templates.find((one) => one.doctor === doctor)?.room ?? choices?.rooms.find((one) => one.specialty === specialty)?.id ?? '' : form.room;
    change(doctor === '' ? { doctor } : { doctor, specialty, room });
  };
  return (
    <div className="seat-fields">
      <label>{words.doctor}<Doctors value={form.doctor} none={words.noDoctor} change={pick} /></label>
      <label>{words.specialty}<select value={form.specialty} required onChange={(event) => change({ specialty: event.currentTarget.value })}><option value="">{words.pick}</option>{choices?.specialties.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
      <label>{words.room}<select value={form.room} required onChange={(event) => change({ room: event.currentTarget.value })}><option value="">{words.pick}</option>{choices?.rooms.map(({ id, name }) => <option key={id} value={id}>{glued(name)}</option>)}</select></label>
    </div>
  );
}

function When({ form, change }: Part) {
  const words = useStrings(strings);
  const number = (name: 'stepMinutes' | 'lanes', min: number, max: number) => <label>{words[name]}<input type="number" required min={min} max={max} value={form[name] || ''} onChange={(event) => change({ [name]: Number(event.currentTarget.value) })} /></label>;
  return (
    <div className="seat-fields">
      <label>{words.weekday}<select value={form.weekday} onChange={(event) => change({ weekday: Number(event.currentTarget.value) })}>{words.weekdays.map((name, i) => <option key={name} value={i + 1}>{name}</option>)}</select></label>
      <label>{words.from}<input type="time" required value={form.from} onChange={(event) => change({ from: event.currentTarget.value })} /></label>
      <label>{words.until}<input type="time" required value={form.until} onChange={(event) => change({ until: event.currentTarget.value })} /></label>
      {number('stepMinutes', 3, 240)}{number('lanes', 1, 20)}
      <label>{words.validFrom}<input type="date" required value={form.validFrom} onChange={(event) => change({ validFrom: event.currentTarget.value })} /></label>
      <label>{words.validUntil}<input type="date" min={form.validFrom} value={form.validUntil} onChange={(event) => change({ validUntil: event.currentTarget.value })} /></label>
    </div>
  );
}

function Takes({ form, change }: Part) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const kinds = useTemplates().data?.visitTypes ?? [];
  const turn = (code: string, on: boolean) => change({ visitTypes: on ? [...form.visitTypes, code] : form.visitTypes.filter((one) => one !== code) });
  return (
    <fieldset className="their-days"><legend>{words.takes} <small className="c3">{words.takesAll}</small></legend>
      {kinds.map(({ code, nameVi, nameEn, minutes }) => <label key={code}><input type="checkbox" checked={form.visitTypes.includes(code)} onChange={(event) => turn(code, event.currentTarget.checked)} /> {language === 'vi' ? nameVi : nameEn}, {words.minutes(minutes)}</label>)}
    </fieldset>
  );
}

function End({ template, today }: { template: StoredTemplate; today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [lastDay, setLastDay] = useState(today);
  const end = useEndTemplate();
  const submit = (event: SyntheticEvent) => { event.preventDefault(); end.mutate({ scheduleId: template.id, lastDay }); };
  return (
    <form className="desk-form end-form" aria-label={words.end} onSubmit={submit}>
      <div className="seat-fields"><label>{words.lastDay}<input type="date" required value={lastDay} onChange={(event) => setLastDay(event.currentTarget.value)} /></label></div>
      {end.error instanceof ApiError && <p className="field-error" role="alert">{end.error.text[language]}</p>}
      {end.data === undefined ? <button type="submit" className="btn" disabled={end.isPending}>{words.end}</button> : <><p className="note" role="status">{words.ended}</p><Effect effect={end.data} /></>}
    </form>
  );
}
