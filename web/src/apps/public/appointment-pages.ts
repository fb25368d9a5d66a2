// An appointment: just booked, or looked up by its code; with the code for the door, when to arrive and what to bring.
import type { AppointmentView } from '@sen/contracts';
import { sayDay, dayOf, timeOf } from '../patient/days.ts';
import { bare, draft } from './draft.ts';
import { element, fill, icon, qrCode, type Child } from './element.ts';
import { fieldsForm } from './fields.ts';
import { link, note, refused, type PageParts } from './frame.ts';
import { go } from './place.ts';
import { phoneField } from './person-page.ts';
import { cancelByCode, confirmByCode, forgetLists, readByCode } from './requests.ts';
import { language, words } from './speak.ts';

export function bookedPage(booked: AppointmentView): PageParts {
  const found = { appointment: booked, code: booked.code.replace(/\D/g, ''), phone: bare(draft.phone) };
  const wasMoved = draft.isMoving;
  draft.found = found;
  return {
    title: wasMoved ? words().movedTitle : words().bookedTitle,
    content: [
      pass(booked),
      element('div', { class: 'acts' }, element('button', { type: 'button', class: 'second', click: () => print() }, words().print), link({ page: 'appointment' }, { class: 'link' }, words().haveCodeLead), link({ page: 'find' }, { class: 'link' }, words().bookMore)),
    ],
  };
}

export function lookUpPage(): PageParts {
  return {
    title: words().lookTitle, back: { page: 'find' },
    content: [element('p', { class: 'lead' }, words().lookLead), fieldsForm([
      { name: 'code', label: words().lookCode, hint: words().lookCodeHint, problem: (typed) => (typed.replace(/\D/g, '').length === 9 ? undefined : words().badBookingCode), input: { inputmode: 'numeric', autocomplete: 'off', maxlength: '14' } },
      { name: phoneField().name, label: phoneField().label, problem: phoneField().problem!, input: phoneField().input! },
    ], words().look, async (typed) => {
      const by = { code: (typed['code'] ?? '').replace(/\D/g, ''), phone: bare(typed['phone'] ?? '') };
      draft.found = { appointment: await readByCode(by), ...by };
      draft.isMoving = false;
      go({ page: 'appointment' });
    })],
  };
}

export function appointmentPage(found: NonNullable<typeof draft.found>): PageParts {
  draft.isMoving = false;
  const place = element('div', {});
  show(place, found);
  return { title: words().appointmentTitle, back: { page: 'look-up' }, content: [place] };
}

function show(place: HTMLElement, found: NonNullable<typeof draft.found>, told?: Child): void {
  const { appointment, code, phone } = found;
  const after = (change: (by: { code: string; phone: string }) => Promise<AppointmentView>, said?: string) => async (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    button.disabled = true;
    try {
      draft.found = { appointment: await change({ code, phone }), code, phone };
      forgetLists();
      show(place, draft.found, said !== undefined && note(said, 'ok'));
    } catch (error) {
      show(place, found, refused(error));
    }
    place.querySelector<HTMLElement>('.note')?.scrollIntoView({ block: 'nearest' });
  };
  const { canMove, canCancel, confirmed, specialty } = appointment;
  const move = () => {
    Object.assign(draft, { isMoving: true, phone });
    go({ page: 'time', specialty: specialty.id, ...(appointment.doctor !== undefined && { doctor: appointment.doctor.id }) });
  };
  fill(place, told ?? false, pass(appointment), element('div', { class: 'acts' },
    canMove && !confirmed && element('button', { type: 'button', class: 'act', click: (event) => void after(confirmByCode, words().confirmed)(event) }, words().confirm),
    canMove && element('button', { type: 'button', class: 'second', click: move }, words().moveTime),
    canCancel && cancelling((event) => void after(cancelByCode, words().cancelledNow)(event))));
}

function cancelling(cancel: (event: Event) => void): HTMLElement {
  const dialog = element('dialog', { 'aria-labelledby': 'sure' }, element('h2', { id: 'sure' }, words().cancelSure), element('p', {}, words().cancelLead),
    element('button', { type: 'button', class: 'danger', click: (event) => { cancel(event); dialog.close(); } }, words().cancelYes),
    element('button', { type: 'button', class: 'second', click: () => dialog.close() }, words().cancelNo));
  return element('div', {}, element('button', { type: 'button', class: 'danger', click: () => dialog.showModal() }, words().cancel), dialog);
}

function pass(one: AppointmentView): HTMLElement {
  const facts: readonly (readonly [string, Child])[] = [
    [words().patient, one.patientName], [words().place, [`${one.room.name}, ${one.specialty.name}`, element('br', {}), [one.way, one.facility.name].filter((part) => part !== undefined).join(', ')]],
    ...(one.doctor === undefined ? [] : [[words().doctor, one.doctor.name] as const]),
  ];
  return element('article', { class: 'pass' },
    element('p', { class: `state ${one.state}` }, icon(one.state === 'booked' ? 'calendar' : one.state === 'cancelled' || one.state === 'no-show' ? 'warning' : 'check'), element('b', {}, words().states[one.state]), one.confirmed && one.state === 'booked' && ` · ${words().confirmed}`),
    element('p', { class: 'day' }, sayDay(dayOf(one.start), language())),
    element('div', { class: 'clocks' }, element('p', { class: 'arrive' }, words().arrive, element('b', {}, timeOf(one.arriveAt))), element('p', {}, words().meet, element('b', {}, timeOf(one.start)))),
    one.state === 'booked' && element('div', { class: 'door' }, element('div', { class: 'qrb' }, qrCode(one.qr, words().qr)), element('p', {}, words().bookingCode, element('b', { class: 'number' }, one.code), element('small', {}, words().keepCode))),
    element('dl', {}, facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)))),
    one.bring.length > 0 && one.state === 'booked' && [element('h2', {}, words().bring), element('ul', { class: 'bring' }, one.bring.map((thing) => element('li', {}, icon('check'), thing)))]);
}
