// Who somebody is: a new person in a few fields, or what is known of one, to be changed. Those who may be the same person are shown while one types.
import type * as contracts from '@sen/contracts';
import type { BodyOf, Registration, RegistrationKind, RegistrationView, Sex } from '@sen/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { Answer, Bones } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { ApiError, call } from '../../lib/api.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { Likely } from './Likely.tsx';
import { AddressField } from './AddressField.tsx';
import { MotherField } from './MotherField.tsx';
import { NumberFindings } from './NumberFindings.tsx';
import { emptyForm, filledByNumber, formOf, registrationOf, type RegistrationForm } from './registration-form.ts';
import { strings } from './registration-strings.ts';
import './registration.css';

interface Done { readonly patientId: string; readonly hospitalNumber: string; readonly name: string }
interface Props { draft: Partial<Registration>; patientId?: string | undefined; done: (patient: Done) => void; close: () => void }

export function RegistrationPane(props: Props) {
  const { patientId } = props;
  const known = useQuery({
    queryKey: ['registration', patientId], enabled: patientId !== undefined,
    queryFn: ({ signal }) => call<typeof contracts.readRegistration>('GET', '/api/patients/:patientId/registration', { patientId: patientId ?? '' }, signal),
  });
  if (patientId === undefined) return <Form {...props} />;
  return <Answer asked={known} bones={<Bones rows={8} height={32} />}>{(view) => <Form key={view.version} {...props} known={view} />}</Answer>;
}

function Form({ draft, known, done, close }: Props & { known?: RegistrationView }) {
  const words = useStrings(strings);
  const [form, setForm] = useState<RegistrationForm>(() => formOf({ ...emptyForm, ...known?.registration, ...draft }));
  const change = (part: Partial<RegistrationForm>) => setForm((before) => ({ ...before, ...part }));
  const likely = useLikeness(form, known?.patientId);
  const save = useSave(known, done, likely.map(({ patient }) => patient.id));
  const element = useRef<HTMLFormElement>(null);
  useKeys({ 'ctrl+enter': () => element.current?.requestSubmit() });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(registrationOf(form, known?.registration));
  };
  return (
    <form className="desk-form registration" aria-label={known === undefined ? words.newTitle : words.changeTitle} onSubmit={submit} ref={element}>
      <div className="pane-head"><h2>{known === undefined ? words.newTitle : words.changeTitle}</h2><button type="button" className="icon-button" onClick={close} aria-label={words.close}><Icon name="close" /></button></div>
      <Who form={form} change={change} />
      <Likely candidates={likely} take={done} />
      <Numbers form={form} change={change} />
      {save.error instanceof ApiError && <Refused error={save.error} />}
      <button type="submit" className="btn primary large" disabled={save.isPending}>{known === undefined ? words.register : words.save}<kbd>Ctrl ↵</kbd></button>
    </form>
  );
}

function Refused({ error }: { error: ApiError }) {
  const { language } = useLanguage();
  return <p className="field-error" role="alert">{error.text[language]}</p>;
}

const kinds: readonly RegistrationKind[] = ['full', 'newborn', 'unknown', 'foreigner'];
const sexes: readonly Sex[] = ['female', 'male', 'other', 'unknown'];

function Who({ form, change }: { form: RegistrationForm; change: (part: Partial<RegistrationForm>) => void }) {
  const words = useStrings(strings);
  return (
    <>
      <fieldset className="kind-line"><legend className="vh">{words.kind}</legend>{kinds.map((kind) => <label key={kind}><input type="radio" name="kind" checked={form.kind === kind} onChange={() => change({ kind })} />{words.kinds[kind]}</label>)}</fieldset>
      <label className="wide">{words.name}<input value={form.name} onChange={(event) => change({ name: event.currentTarget.value })} required={form.kind === 'full' || form.kind === 'foreigner'} maxLength={200} autoComplete="off" autoFocus /></label>
      <label>{words.birthDate}<input value={form.birthDate} onChange={(event) => change({ birthDate: event.currentTarget.value })} placeholder="14/03/1968" pattern="\d{4}|\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}" required={form.kind !== 'unknown'} title={words.birthHint} autoComplete="off" /></label>
      <label>{words.sex}<select value={form.sex} onChange={(event) => change({ sex: sexes.find((sex) => sex === event.currentTarget.value) ?? 'unknown' })}>{sexes.map((sex) => <option key={sex} value={sex}>{words.sexes[sex]}</option>)}</select></label>
    </>
  );
}

const shapes: Readonly<Record<string, { pattern?: string; placeholder?: string; inputMode?: 'numeric' }>> = {
  birthTime: { pattern: '([01]?\\d|2[0-3])[:h][0-5]\\d', placeholder: '14:05' }, nationality: { pattern: '[A-Za-z]{2}', placeholder: 'LA, KH, CN…' }, approximateAge: { pattern: '\\d{1,3}', inputMode: 'numeric' },
  citizenNumber: { inputMode: 'numeric' }, phone: { inputMode: 'numeric' }, relativePhone: { inputMode: 'numeric' },
};

function Numbers({ form, change }: { form: RegistrationForm; change: (part: Partial<RegistrationForm>) => void }) {
  const words = useStrings(strings);
  const text = (name: 'citizenNumber' | 'insuranceNumber' | 'phone' | 'addressLine' | 'passport' | 'foundAt' | 'nationality' | 'birthTime' | 'approximateAge' | 'relativeName' | 'relativePhone', wide = false) => (
    <label className={wide ? 'wide' : undefined}>{words[name]}<input value={form[name]} onChange={(event) => change(name === 'citizenNumber' ? filledByNumber(form, event.currentTarget.value) : { [name]: event.currentTarget.value })} autoComplete="off" maxLength={200} {...shapes[name]} /></label>
  );
  return (
    <>
      {form.kind === 'full' && <>{text('citizenNumber')}{text('insuranceNumber')}<NumberFindings form={form} /></>}
      {form.kind === 'foreigner' && <>{text('passport')}{text('nationality')}</>}
      {form.kind === 'newborn' && <MotherField chosen={form.mother} choose={(mother) => change({ mother })} />}
      {form.kind === 'newborn' && text('birthTime')}
      {form.kind === 'unknown' && <>{text('foundAt', true)}{text('approximateAge')}</>}
      {form.kind !== 'unknown' && <>{text('phone')}{text('addressLine')}<AddressField address={form.address} change={(address) => change({ address })} />{text('relativeName')}{text('relativePhone')}</>}
    </>
  );
}

/** Asked once a moment has passed since the last key, and only when there is enough to go by. */
function useLikeness(form: RegistrationForm, except: string | undefined) {
  const [settled] = useDebouncedValue(form, 250);
  const draft = registrationOf(settled);
  return useQuery({
    queryKey: ['likely-draft', draft, except],
    queryFn: ({ signal }) => call<typeof contracts.findDuplicates>('POST', '/api/patients/duplicates', { draft, ...(except !== undefined && { except }) }, signal),
    enabled: (draft.name?.length ?? 0) > 3 && draft.birthDate !== undefined, staleTime: 30_000,
  }).data?.candidates ?? [];
}

function useSave(known: RegistrationView | undefined, done: (patient: Done) => void, shown: readonly string[]) {
  const queries = useQueryClient();
  const [onceKey] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: async (registration: Registration): Promise<Done> => {
      if (known === undefined) return call<typeof contracts.registerPatient>('POST', '/api/patients', { registration, onceKey, notTheSameAs: [...shown] } satisfies BodyOf<typeof contracts.registerPatient>);
      const view = await call<typeof contracts.changeRegistration>('PUT', '/api/patients/:patientId/registration', { patientId: known.patientId, version: known.version, registration });
      return { patientId: view.patientId, hospitalNumber: view.hospitalNumber ?? '', name: view.registration.name ?? '' };
    },
    onSuccess: (patient) => {
      void queries.invalidateQueries({ queryKey: ['registration'] });
      done(patient);
    },
  });
}
