// The code of the message: it shows whose number it is, then the seat is held and booked in one step.
import { bare, draft } from './draft.ts';
import { element, fill } from './element.ts';
import { fieldsForm } from './fields.ts';
import { finishBooking } from './finish.ts';
import { coming, link, note, refused, sayWhen, type PageParts } from './frame.ts';
import type { Place } from './place.ts';
import { sendCodeOnce } from './person-page.ts';
import { verifyCode } from './requests.ts';
import { words } from './speak.ts';

export function codePage(place: Place): PageParts {
  const phone = bare(draft.phone);
  const { start } = draft;
  return {
    title: words().codeTitle, step: 5, back: draft.isMoving ? { ...place, page: 'time' } : { ...place, page: 'person' },
    content: [coming(() => sendCodeOnce(phone), () => [
      element('p', { class: 'lead' }, words().codeLead(phone)),
      start !== undefined && element('p', { class: 'chosen' }, element('span', {}, words().chosen, element('b', {}, sayWhen(start.start)))),
      fieldsForm([{
        name: 'code', label: words().code, problem: (typed) => (/^\d{6}$/.test(typed.replace(/\s/g, '')) ? undefined : words().badCode),
        input: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '7', class: 'digits' },
      }], draft.isMoving ? words().move : words().book, async ({ code = '' }) => {
        const { visitorToken, until } = await verifyCode(phone, code.replace(/\s/g, ''));
        draft.visitor = { phone, token: visitorToken, until: Date.parse(until) };
        draft.codeSent = undefined;
        await finishBooking(place);
      }),
      again(phone),
      !draft.isMoving && link({ ...place, page: 'person' }, { class: 'link' }, words().otherPhone),
    ])],
  };
}

/** Counts down to when another code may be asked for. */
function again(phone: string): HTMLElement {
  const told = element('div', {});
  const button = element('button', { type: 'button', class: 'second', click: () => void ask() }, words().sendAgain);
  const ask = async () => {
    await sendCodeOnce(phone).then(() => fill(told, note(words().sentAgain, 'ok')), (error: unknown) => fill(told, refused(error)));
    show();
  };
  const show = () => {
    const seconds = Math.ceil(((draft.codeSent?.again ?? 0) - Date.now()) / 1000);
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? words().sendIn(seconds) : words().sendAgain;
    if (seconds > 0) setTimeout(() => { if (button.isConnected) show(); }, 1000);
  };
  queueMicrotask(show);
  return element('div', {}, told, button);
}
