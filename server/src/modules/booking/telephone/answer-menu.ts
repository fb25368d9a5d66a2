// Leads the menu to its next question: runs the errands it asks of the house until somebody has to press a key or the menu is over.
import { handOver, pressKeys, startMenu, takeAnswer, type Brought, type Errand, type MenuState, type Turn } from './menu.ts';
import type { PhoneDesk } from './phone-desk.ts';
import { specialtyKey } from './spoken.ts';

export type Spoken = Exclude<Turn, { next: 'errand' }> & {
  /** Patient whom the caller named, and what was booked on the way. */
  readonly patient?: string;
  readonly appointment?: string;
};

const errandsMax = 8;

/** `state` undefined: the call begins. */
export async function answerMenu(desk: PhoneDesk, state: MenuState | undefined, digits: string): Promise<Spoken> {
  let turn = state === undefined ? startMenu() : pressKeys(state, digits);
  const facts: { patient?: string; appointment?: string } = {};
  for (let run = 0; turn.next === 'errand'; run += 1) {
    if (run >= errandsMax) return { ...asSpoken(handOver(turn.state, 'nothing-free')), ...facts }; // seats taken faster than they can be offered
    const { errand } = turn;
    const brought = await runErrand(desk, errand);
    if ('person' in errand) facts.patient = errand.person.id;
    if (errand.do === 'book' && brought.appointment !== undefined) facts.appointment = brought.appointment.id;
    turn = takeAnswer(turn.state, errand, brought);
  }
  return { ...turn, ...facts };
}

function asSpoken(turn: Turn): Exclude<Turn, { next: 'errand' }> {
  if (turn.next === 'errand') throw new Error('a handed over call has no errand');
  return turn;
}

async function runErrand(desk: PhoneDesk, errand: Errand): Promise<Brought> {
  switch (errand.do) {
    case 'find-people': return { people: await desk.findPeople(errand.digits) };
    case 'check-birth': return { right: await desk.bornOn(errand.person.id, errand.digits) };
    // Only what has a prompt can be offered; the rest is the operator's.
    case 'list-specialties': return { specialties: (await desk.listSpecialties()).filter(({ name }) => specialtyKey(name) !== undefined) };
    case 'find-starts': return { starts: await desk.findStarts(errand.specialty, errand.after, 3) };
    case 'hold': return optional('hold', await desk.hold(errand.start));
    case 'release': return desk.release(errand.hold).then(() => ({}));
    case 'book': return optional('appointment', await desk.book(errand.hold, errand.person.id));
    case 'next-appointment': return optional('appointment', await desk.nextAppointment(errand.person.id));
    case 'cancel': return { right: await desk.cancel(errand.appointment) };
  }
}

function optional<K extends keyof Brought>(name: K, value: Brought[K] | undefined): Brought {
  return value === undefined ? {} : { [name]: value };
}
