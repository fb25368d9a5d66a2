// The voice menu as a state machine: pure. Keys or an answer of the house go in; what is said, what is waited for or what is asked of the house comes out.
import type { HandedOver } from '@sen/contracts';
import type { PhoneAppointment, PhonePerson, PhoneSpecialty, PhoneStart } from './phone-desk.ts';
import { sayAppointment, sayChoice, sayName, sayStart } from './spoken.ts';

export type Purpose = 'book' | 'next' | 'cancel';

export type Place =
  | { readonly at: 'main' }
  | { readonly at: 'number'; readonly purpose: Purpose }
  | { readonly at: 'person'; readonly purpose: Purpose; readonly people: readonly PhonePerson[] }
  | { readonly at: 'birth'; readonly purpose: Purpose; readonly person: PhonePerson }
  | { readonly at: 'specialty'; readonly person: PhonePerson; readonly specialties: readonly PhoneSpecialty[]; readonly page: number }
  | { readonly at: 'time'; readonly person: PhonePerson; readonly specialty: string; readonly starts: readonly PhoneStart[] }
  | { readonly at: 'confirm'; readonly person: PhonePerson; readonly specialty: string; readonly start: PhoneStart; readonly hold: string }
  | { readonly at: 'cancel'; readonly person: PhonePerson; readonly appointment: PhoneAppointment }
  | { readonly at: 'told' }
  | { readonly at: 'over' };

export interface MenuState {
  readonly place: Place;
  /** Answers in a row that were not understood; three give the call to the operator. */
  readonly misses: number;
  /** Wrong birth dates of the whole call. */
  readonly wrongBirths: number;
  /** Numbers that were looked up in the whole call. */
  readonly lookedUp: number;
  /** What was said last, for `*`. */
  readonly said: readonly string[];
}

export type Errand =
  | { readonly do: 'find-people'; readonly digits: string; readonly purpose: Purpose }
  | { readonly do: 'check-birth'; readonly digits: string; readonly purpose: Purpose; readonly person: PhonePerson }
  | { readonly do: 'list-specialties'; readonly person: PhonePerson }
  | { readonly do: 'find-starts'; readonly person: PhonePerson; readonly specialty: string; readonly after?: string }
  | { readonly do: 'hold'; readonly person: PhonePerson; readonly specialty: string; readonly start: PhoneStart }
  | { readonly do: 'release'; readonly person: PhonePerson; readonly specialty: string; readonly hold: string }
  | { readonly do: 'book'; readonly person: PhonePerson; readonly specialty: string; readonly hold: string }
  | { readonly do: 'next-appointment'; readonly person: PhonePerson; readonly purpose: 'next' | 'cancel' }
  | { readonly do: 'cancel'; readonly appointment: string };

export type Turn =
  | { readonly next: 'ask' | 'hang-up'; readonly state: MenuState; readonly say: readonly string[]; readonly most: number }
  | { readonly next: 'transfer'; readonly state: MenuState; readonly say: readonly string[]; readonly why: HandedOver }
  | { readonly next: 'errand'; readonly state: MenuState; readonly errand: Errand };

const missesMax = 3;
const wrongBirthsMax = 3;
/** A call is about oneself and one's family: with more numbers it asks whose numbers are known here. */
const lookedUpMax = 6;
const peopleMax = 6;
/** Choices on one page; `9` leads on. */
const pageOf = 7;

const begin: MenuState = { place: { at: 'main' }, misses: 0, wrongBirths: 0, lookedUp: 0, said: [] };

export function startMenu(): Turn {
  return ask(begin, begin.place, ['welcome', 'main']);
}

/** Judges keys pressed at a place: `#` alone leads back, `*` says it again, nothing or something unknown counts as a miss. */
export function pressKeys(state: MenuState, digits: string): Turn {
  if (state.place.at === 'over') return hangUp(state, []);
  if (digits.endsWith('*')) return ask(state, state.place, state.said);
  if (digits === '#') return goBack(state);
  if (digits === '' && state.place.at === 'told') return hangUp(state, ['goodbye']);
  if (digits === '0' && state.place.at !== 'number' && state.place.at !== 'birth') return handOver(state, 'asked');
  return judge(state, state.place, digits) ?? missed(state, digits === '' ? 'nothing-pressed' : 'not-understood');
}

function judge(state: MenuState, place: Place, digits: string): Turn | undefined {
  switch (place.at) {
    case 'main': {
      const purpose = ({ 1: 'book', 2: 'next', 3: 'cancel' } as const)[digits];
      return purpose === undefined ? undefined : ask(state, { at: 'number', purpose }, ['enter-number']);
    }
    case 'number': return lookUp(state, place.purpose, digits);
    case 'person': return choosePerson(state, place, digits);
    case 'birth': return /^(?:\d{8}|\d{4})$/.test(digits) ? errand(state, { do: 'check-birth', digits, purpose: place.purpose, person: place.person }) : undefined;
    case 'specialty': return chooseSpecialty(state, place, digits);
    case 'time': return chooseTime(state, place, digits);
    case 'confirm': {
      const { person, specialty, hold } = place;
      if (digits === '1') return errand(state, { do: 'book', person, specialty, hold });
      return digits === '2' ? errand(state, { do: 'release', person, specialty, hold }) : undefined;
    }
    case 'cancel':
      if (digits === '1') return errand(state, { do: 'cancel', appointment: place.appointment.id });
      return digits === '2' ? ask(state, { at: 'told' }, ['kept', 'again-or-hang-up']) : undefined;
    case 'told': return digits === '1' ? ask(state, { at: 'main' }, ['main']) : undefined;
    case 'over': return hangUp(state, []);
  }
}

function lookUp(state: MenuState, purpose: Purpose, digits: string): Turn | undefined {
  if (!/^(?:\d{9}|\d{12}|0\d{9,10})$/.test(digits)) return undefined;
  if (state.lookedUp >= lookedUpMax) return handOver(state, 'not-known');
  return errand({ ...state, lookedUp: state.lookedUp + 1 }, { do: 'find-people', digits, purpose });
}

function choosePerson(state: MenuState, { purpose, people }: Extract<Place, { at: 'person' }>, digits: string): Turn | undefined {
  if (people.length === 1 && digits === '2') return ask(state, { at: 'number', purpose }, ['enter-number']);
  const person = /^\d$/.test(digits) ? people[Number(digits) - 1] : undefined;
  return person === undefined ? undefined : afterPerson(state, purpose, person);
}

/** Nothing of an appointment is told, and nothing cancelled, before the birth date was given. */
function afterPerson(state: MenuState, purpose: Purpose, person: PhonePerson): Turn {
  return purpose === 'book' ? errand(state, { do: 'list-specialties', person }) : ask(state, { at: 'birth', purpose, person }, ['enter-birth']);
}

function chooseSpecialty(state: MenuState, place: Extract<Place, { at: 'specialty' }>, digits: string): Turn | undefined {
  const { person, specialties, page } = place;
  if (digits === '9' && specialties.length > pageOf) return askSpecialty(state, person, specialties, (page + 1) % Math.ceil(specialties.length / pageOf));
  const choice = Number(digits);
  const chosen = choice >= 1 && choice <= pageOf ? specialties[page * pageOf + choice - 1] : undefined;
  return chosen === undefined ? undefined : errand(state, { do: 'find-starts', person, specialty: chosen.id });
}

function chooseTime(state: MenuState, { person, specialty, starts }: Extract<Place, { at: 'time' }>, digits: string): Turn | undefined {
  if (digits === '9') return errand(state, { do: 'find-starts', person, specialty, after: starts[starts.length - 1]!.start });
  const start = /^\d$/.test(digits) ? starts[Number(digits) - 1] : undefined;
  return start === undefined ? undefined : errand(state, { do: 'hold', person, specialty, start });
}

/** What each errand brought. */
export interface Brought {
  readonly people?: readonly PhonePerson[];
  readonly right?: boolean;
  readonly specialties?: readonly PhoneSpecialty[];
  readonly starts?: readonly PhoneStart[];
  readonly hold?: string;
  readonly appointment?: PhoneAppointment;
}

/** Goes on with what the house answered. */
export function takeAnswer(state: MenuState, errandDone: Errand, brought: Brought): Turn {
  switch (errandDone.do) {
    case 'find-people': return foundPeople(state, errandDone.purpose, brought.people ?? []);
    case 'check-birth': return checkedBirth(state, errandDone, brought.right === true);
    case 'list-specialties': return askSpecialty(state, errandDone.person, brought.specialties ?? [], 0);
    case 'release': return errand(state, { do: 'find-starts', person: errandDone.person, specialty: errandDone.specialty });
    case 'find-starts': return foundStarts(state, errandDone, brought.starts ?? []);
    case 'hold': {
      const { person, specialty, start } = errandDone;
      if (brought.hold === undefined) return errand(state, { do: 'find-starts', person, specialty });
      return ask(state, { at: 'confirm', person, specialty, start, hold: brought.hold }, ['you-chose', ...sayStart(start), 'confirm-booking']);
    }
    case 'book':
      if (brought.appointment === undefined) return errand(state, { do: 'find-starts', person: errandDone.person, specialty: errandDone.specialty });
      return ask(state, { at: 'told' }, ['booked', ...sayAppointment(brought.appointment), 'message-follows', 'again-or-hang-up']);
    case 'next-appointment': return foundAppointment(state, errandDone, brought.appointment);
    case 'cancel': return brought.right === true ? ask(state, { at: 'told' }, ['cancelled', 'again-or-hang-up']) : handOver(state, 'fault');
  }
}

function foundPeople(state: MenuState, purpose: Purpose, people: readonly PhonePerson[]): Turn {
  if (people.length === 0) {
    const turn = missed({ ...state, said: ['enter-number'] }, 'number-not-known');
    return turn.next === 'transfer' ? { ...turn, why: 'not-known' } : turn;
  }
  const names = people.map(({ givenName }) => sayName(givenName));
  // Too many to tell apart by ear, two of one name, or one that no prompt says: whoever calls gives the birth date instead, or speaks to somebody.
  const [only] = people;
  if (people.length === 1 && only !== undefined && names[0] === undefined) return ask(state, { at: 'birth', purpose, person: only }, ['enter-birth']);
  if (people.length > peopleMax || names.includes(undefined) || new Set(names).size < names.length) return handOver(state, 'not-known');
  const say = people.length === 1 ? ['the-patient-is', names[0]!, 'right-or-wrong'] : ['whom-for', ...names.flatMap((name, place) => sayChoice(name!, place + 1))];
  return ask(state, { at: 'person', purpose, people }, say);
}

function checkedBirth(state: MenuState, { purpose, person }: Extract<Errand, { do: 'check-birth' }>, right: boolean): Turn {
  if (right) return purpose === 'book' ? errand(state, { do: 'list-specialties', person }) : errand(state, { do: 'next-appointment', person, purpose });
  const counted = { ...state, wrongBirths: state.wrongBirths + 1 };
  if (counted.wrongBirths >= wrongBirthsMax) return handOver(counted, 'not-understood');
  return missed(counted, 'birth-wrong');
}

function askSpecialty(state: MenuState, person: PhonePerson, specialties: readonly PhoneSpecialty[], page: number): Turn {
  if (specialties.length === 0) return handOver(state, 'nothing-free');
  const shown = specialties.slice(page * pageOf, (page + 1) * pageOf);
  const more = specialties.length > pageOf ? ['more-specialties'] : [];
  return ask(state, { at: 'specialty', person, specialties, page }, ['choose-specialty', ...shown.flatMap(({ name }, place) => sayChoice(`specialty/${name}`, place + 1)), ...more]);
}

function foundStarts(state: MenuState, { person, specialty, after }: Extract<Errand, { do: 'find-starts' }>, starts: readonly PhoneStart[]): Turn {
  if (starts.length === 0) return after === undefined ? handOver(state, 'nothing-free') : errand(state, { do: 'find-starts', person, specialty });
  const told = starts.flatMap((start, place) => [...sayStart(start), 'press', `n/${place + 1}`]);
  return ask(state, { at: 'time', person, specialty, starts }, ['choose-time', ...told, 'later-times']);
}

function foundAppointment(state: MenuState, { purpose, person }: Extract<Errand, { do: 'next-appointment' }>, appointment: PhoneAppointment | undefined): Turn {
  if (appointment === undefined) return ask(state, { at: 'told' }, ['no-appointment', 'again-or-hang-up']);
  const told = ['next-appointment', ...sayAppointment(appointment)];
  if (purpose === 'next') return ask(state, { at: 'told' }, [...told, 'again-or-hang-up']);
  return ask(state, { at: 'cancel', person, appointment }, [...told, 'confirm-cancel']);
}

function goBack(state: MenuState): Turn {
  const { place } = state;
  if (place.at === 'confirm') return errand(state, { do: 'release', person: place.person, specialty: place.specialty, hold: place.hold });
  if (place.at === 'time') return errand(state, { do: 'list-specialties', person: place.person });
  if (place.at === 'person' || place.at === 'birth') return ask(state, { at: 'number', purpose: place.purpose }, ['enter-number']);
  return ask(state, { at: 'main' }, ['main']);
}

const longest: Partial<Record<Place['at'], number>> = { number: 13, birth: 9 };

function ask(state: MenuState, place: Place, say: readonly string[]): Turn {
  return { next: 'ask', state: { ...state, place, misses: 0, said: say[0] === 'welcome' ? say.slice(1) : say }, say, most: longest[place.at] ?? 1 };
}

function missed(state: MenuState, why: string): Turn {
  const misses = state.misses + 1;
  if (misses >= missesMax) return handOver(state, 'not-understood');
  return { next: 'ask', state: { ...state, misses }, say: [why, ...state.said], most: longest[state.place.at] ?? 1 };
}

/** Gives the call to the operator; also what went wrong in the house ends there. */
export function handOver(state: MenuState, why: HandedOver): Turn {
  return { next: 'transfer', state: { ...state, place: { at: 'over' } }, say: ['to-operator'], why };
}

function hangUp(state: MenuState, say: readonly string[]): Turn {
  return { next: 'hang-up', state: { ...state, place: { at: 'over' } }, say, most: 0 };
}

function errand(state: MenuState, todo: Errand): Turn {
  return { next: 'errand', state, errand: todo };
}
