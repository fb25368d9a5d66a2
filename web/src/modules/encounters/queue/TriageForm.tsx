// Vital signs and how soon: typed from top to bottom, judged while one types. A rule only suggests; the nurse decides.
import type * as contracts from '@sen/contracts';
import type { BodyOf, PriorityClass, PriorityReason, QueueTurn, ResponseOf, TriageSuggestion, Vitals } from '@sen/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { Sheet } from '../../../kit/Sheet.tsx';
import { ApiError, call } from '../../../lib/api.ts';
import { dateParts } from '../../../lib/format.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';
import { triageStrings } from './triage-strings.ts';
import { nothingTyped, vitalsOf, type TypedSign, type TypedVitals } from './typed-vitals.ts';

type Triage = BodyOf<typeof contracts.triageVisit>;
type Judged = ResponseOf<typeof contracts.suggestTriage>;

const classes: readonly PriorityClass[] = ['normal', 'priority', 'urgent', 'emergency'];
const declared: readonly PriorityReason[] = ['triage-urgent', 'age-75', 'child-under-6', 'pregnant', 'severe-disability', 'merit'];
const fields: readonly TypedSign[] = ['pressure', 'pulse', 'temperature', 'saturation', 'breaths', 'weight', 'height'];
const levels = ['alert', 'confused', 'voice', 'pain', 'unresponsive'] as const;

export function TriageForm({ turn, close }: { turn: QueueTurn; close: () => void }) {
  const words = useStrings(triageStrings);
  const [typed, setTyped] = useState<TypedVitals>(nothingTyped);
  const [urgency, setUrgency] = useState<PriorityClass>(turn.class);
  const [why, setWhy] = useState<readonly PriorityReason[]>(turn.reasons);
  const [note, setNote] = useState(turn.note ?? '');
  const [mistaken, setMistaken] = useState<readonly string[]>([]);
  const { vitals, wrong } = vitalsOf(typed);
  const judged = useJudged(turn.visitId, vitals, why.includes('pregnant'));
  const asked = judged?.suggestion?.class;
  const save = useSave(turn, close);
  const isStopped = wrong.length > 0 || judged?.findings.some(({ kind }) => kind === 'impossible') === true;
  const isLater = asked !== undefined && classes.indexOf(urgency) < classes.indexOf(asked);
  const follow = (suggested: PriorityClass) => {
    setUrgency(suggested);
    setWhy([...why.filter((reason) => reason !== 'emergency' && reason !== 'triage-urgent'), suggested === 'emergency' ? 'emergency' : 'triage-urgent']);
  };
  const form = useRef<HTMLFormElement>(null);
  useKeys({ 'ctrl+enter': () => form.current?.requestSubmit() });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isStopped || save.isPending) return;
    save.mutate({ class: urgency, reasons: why.filter((reason) => reason !== 'emergency' || urgency === 'emergency'), ...(note.trim() !== '' && { note: note.trim() }), ...(Object.keys(vitals).length > 0 && { vitals }), ...(mistaken.length > 0 && { mistaken: [...mistaken] }) });
  };
  return (
    <Sheet title={words.title(turn.name)} size={640} close={close}>
      <form className="queue-form triage-form" onSubmit={submit} ref={form}>
        <Signs typed={typed} wrong={wrong} change={(part) => setTyped({ ...typed, ...part })} />
        <Findings judged={judged} wrong={wrong} follow={asked !== undefined && asked !== urgency ? () => follow(asked) : undefined} />
        <Decision urgency={urgency} setUrgency={setUrgency} why={why} setWhy={setWhy} />
        <label className="field"><span>{words.note}{isLater && <em className="c-warn"> {words.mustSayWhy}</em>}</span><textarea rows={2} maxLength={500} value={note} required={isLater} placeholder={words.noteExample} onChange={(event) => setNote(event.currentTarget.value)} /></label>
        <Measured visitId={turn.visitId} mistaken={mistaken} setMistaken={setMistaken} />
        <Refused error={save.error} />
        <div className="actions"><button type="submit" className="btn primary" disabled={isStopped || save.isPending}>{save.isPending ? words.saving : words.save}<kbd>Ctrl ↵</kbd></button><button type="button" className="btn" onClick={close}>{words.cancel}</button></div>
      </form>
    </Sheet>
  );
}

function Signs({ typed, wrong, change }: { typed: TypedVitals; wrong: readonly TypedSign[]; change: (part: Partial<TypedVitals>) => void }) {
  const words = useStrings(triageStrings);
  const name = (sign: TypedSign) => (sign === 'pressure' ? words.pressure : words.signs[sign]);
  const form = useRef<HTMLFieldSetElement>(null);
  // Enter goes on to the next field, as on every device at a bedside; nothing is saved half-typed.
  const goOn = (input: HTMLInputElement) => {
    const inputs = [...(form.current?.querySelectorAll<HTMLElement>('input, select') ?? [])];
    inputs[inputs.indexOf(input) + 1]?.focus();
  };
  return (
    <fieldset className="triage-signs" ref={form}><legend>{words.vitals}</legend>
      {fields.map((sign) => (
        <label key={sign}><span>{name(sign)} <small>{words.units[sign]}</small></span>
          <input value={typed[sign]} inputMode={sign === 'pressure' ? 'text' : 'decimal'} maxLength={7} autoComplete="off" data-autofocus={sign === 'pressure' || undefined} aria-invalid={wrong.includes(sign)} placeholder={sign === 'pressure' ? words.pressureExample : ''}
            onChange={(event) => change({ [sign]: event.currentTarget.value })} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey) { event.preventDefault(); goOn(event.currentTarget); } }} /></label>
      ))}
      <label><span>{words.signs.consciousness}</span><select value={typed.consciousness} onChange={(event) => change({ consciousness: levels.find((level) => level === event.currentTarget.value) ?? '' })}><option value="">{words.notJudged}</option>{levels.map((level) => <option key={level} value={level}>{words.consciousness[level]}</option>)}</select></label>
      <label className="check"><input type="checkbox" checked={typed.onOxygen} onChange={(event) => change({ onOxygen: event.currentTarget.checked })} />{words.onOxygen}</label>
    </fieldset>
  );
}

function Findings({ judged, wrong, follow }: { judged: Judged | undefined; wrong: readonly TypedSign[]; follow: (() => void) | undefined }) {
  const words = useStrings(triageStrings);
  return (
    <div className="triage-findings" role="status">
      {wrong.map((sign) => <p key={sign} className="bad">{words.notNumber(sign === 'pressure' ? words.pressure : words.signs[sign])}</p>)}
      {judged?.findings.map(({ sign, kind, low, high }) => <p key={sign} className={kind === 'impossible' ? 'bad' : 'warn'}>{words[kind](words.signs[sign], low, high)}</p>)}
      {judged?.suggestion !== undefined && <Suggestion suggestion={judged.suggestion} follow={follow} />}
    </div>
  );
}

function Suggestion({ suggestion: { rule, source, class: asked, score, complete, reasons }, follow }: { suggestion: TriageSuggestion; follow: (() => void) | undefined }) {
  const words = useStrings(triageStrings);
  const queue = useStrings(strings);
  const { language } = useLanguage();
  const said = (sign: TriageSuggestion['reasons'][number]['sign'], value: string) => (sign === 'onOxygen' ? words.yes : sign === 'consciousness' ? words.consciousness[levels.find((level) => level === value) ?? 'alert'] : language === 'vi' ? value.replace('.', ',') : value);
  return (
    <div className={asked === undefined ? 'triage-suggestion' : 'triage-suggestion asks'}>
      <p><b>{words.suggests(asked === undefined ? words.noChange : queue.class[asked])}</b>{follow !== undefined && <button type="button" className="btn small" onClick={follow}>{words.take}</button>}</p>
      <p>{[rule[language], score === undefined ? undefined : words.score(score), complete ? undefined : words.partial].filter(Boolean).join(', ')}</p>
      {reasons.length > 0 && <ul>{reasons.map(({ sign, value, points }) => <li key={sign}>{words.signs[sign]} {said(sign, value)}{points === undefined ? '' : ` ${words.points(points)}`}</li>)}</ul>}
      {source !== '' && <p className="c2">{words.source}: {source}</p>}
    </div>
  );
}

function Decision({ urgency, setUrgency, why, setWhy }: { urgency: PriorityClass; setUrgency: (one: PriorityClass) => void; why: readonly PriorityReason[]; setWhy: (all: readonly PriorityReason[]) => void }) {
  const words = useStrings(triageStrings);
  const queue = useStrings(strings);
  const toggle = (reason: PriorityReason) => setWhy(why.includes(reason) ? why.filter((one) => one !== reason) : [...why, reason]);
  return (
    <>
      <fieldset className="choices inline"><legend>{words.howSoon}</legend>{classes.map((one) => <label key={one}><input type="radio" name="class" checked={one === urgency} onChange={() => setUrgency(one)} /><span>{queue.class[one]}</span></label>)}</fieldset>
      <fieldset className="choices inline"><legend>{words.why}</legend>{declared.map((one) => <label key={one}><input type="checkbox" checked={why.includes(one)} onChange={() => toggle(one)} /><span>{queue.reasons[one]}</span></label>)}</fieldset>
    </>
  );
}

function Measured({ visitId, mistaken, setMistaken }: { visitId: string; mistaken: readonly string[]; setMistaken: (ids: readonly string[]) => void }) {
  const words = useStrings(triageStrings);
  const known = useQuery({ queryKey: ['triage', visitId], queryFn: ({ signal }) => call<typeof contracts.readTriage>('GET', '/api/visits/:visitId/triage', { visitId }, signal), staleTime: 0 });
  const measured = known.data?.measured ?? [];
  if (measured.length === 0) return null;
  const toggle = (id: string) => setMistaken(mistaken.includes(id) ? mistaken.filter((one) => one !== id) : [...mistaken, id]);
  return (
    <section className="triage-measured"><h3>{words.measured}</h3>
      <ul>{measured.map(({ id, name, value, at }) => (
        <li key={id}><span className={mistaken.includes(id) ? 'struck' : undefined}><b>{name}</b> {value} <small>{dateParts(at)?.time}</small></span>
          <button type="button" className="btn small" aria-label={`${mistaken.includes(id) ? words.keep : words.mistaken} ${name} ${value}`} onClick={() => toggle(id)}>{mistaken.includes(id) ? words.keep : words.mistaken}</button></li>
      ))}</ul>
    </section>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { language } = useLanguage();
  return error === null ? null : <p className="field-error" role="alert">{error instanceof ApiError ? error.text[language] : error.message}</p>;
}

/** Asked when the hand rests; an older answer stands until the new one is there. */
function useJudged(visitId: string, vitals: Vitals, pregnant: boolean): Judged | undefined {
  const [asked] = useDebouncedValue(JSON.stringify(vitals), 200);
  const isEmpty = asked === '{}';
  const answer = useQuery({
    queryKey: ['triage', visitId, 'suggestion', asked, pregnant], enabled: !isEmpty, placeholderData: keepPreviousData, staleTime: 60_000,
    queryFn: ({ signal }) => call<typeof contracts.suggestTriage>('POST', '/api/visits/:visitId/triage/suggestion', { visitId, vitals: JSON.parse(asked) as Vitals, pregnant }, signal),
  });
  return isEmpty ? undefined : answer.data;
}

function useSave(turn: QueueTurn, close: () => void) {
  const queries = useQueryClient();
  // One key for one set of values: sent again after a lost answer it is recorded once, changed meanwhile it is another entry.
  const entry = useRef({ vitals: '', key: '' });
  const keyOf = (vitals: Vitals) => {
    const text = JSON.stringify(vitals);
    if (entry.current.vitals !== text) entry.current = { vitals: text, key: crypto.randomUUID() };
    return entry.current.key;
  };
  return useMutation({
    mutationFn: (triage: Triage) => call<typeof contracts.triageVisit>('PUT', '/api/visits/:visitId/triage', { visitId: turn.visitId, ...triage, ...(triage.vitals !== undefined && { onceKey: keyOf(triage.vitals) }) }),
    onSuccess: async () => {
      close();
      await Promise.all([queries.invalidateQueries({ queryKey: ['room'] }), queries.invalidateQueries({ queryKey: ['triage', turn.visitId] })]);
    },
  });
}
