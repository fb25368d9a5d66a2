// Who is coming, and which telephone to tell.
import { bare, draft, visitorToken } from './draft.ts';
import { element } from './element.ts';
import { fieldsForm, type Field } from './fields.ts';
import { birthTyped, finishBooking } from './finish.ts';
import { link, sayWhen, type PageParts } from './frame.ts';
import { go, type Place } from './place.ts';
import { sendCode } from './requests.ts';
import { words } from './speak.ts';

export function personPage(place: Place): PageParts {
  const { start } = draft;
  const times: Place = { ...place, page: 'time' };
  return {
    title: words().whoTitle, step: 4, back: times,
    content: [
      start !== undefined && element('p', { class: 'chosen' }, element('span', {}, words().chosen, element('b', {}, sayWhen(start.start)), element('small', {}, [start.doctor?.name, start.room.name].filter((part) => part !== undefined).join(', '))), link(times, { class: 'link' }, words().change)),
      fieldsForm(fields(), words().next, async ({ name = '', birth = '', phone = '', reason = '' }) => {
        Object.assign(draft, { name: name.replace(/\s+/g, ' '), birth, phone, reason });
        await goOn(place);
      }, element('p', { class: 'hint' }, words().privacy)),
    ],
  };
}

async function goOn(place: Place): Promise<void> {
  if (visitorToken(draft.phone) !== undefined) return finishBooking(place);
  await sendCodeOnce(draft.phone);
  go({ ...place, page: 'code' });
}

/** A code already on its way is not sent twice when one goes back and forth. */
export async function sendCodeOnce(typed: string): Promise<void> {
  const phone = bare(typed);
  if (draft.codeSent?.phone === phone && draft.codeSent.again > Date.now()) return;
  const { waitSeconds } = await sendCode(phone);
  draft.codeSent = { phone, again: Date.now() + waitSeconds * 1000 };
}

function fields(): Field[] {
  return [
    { name: 'name', label: words().name, hint: words().nameHint, value: draft.name, problem: (typed) => (/\S\s+\S/.test(typed) ? undefined : words().badName), input: { autocomplete: 'name', autocapitalize: 'words', maxlength: '120' } },
    { name: 'birth', label: words().birth, hint: words().birthHint, value: draft.birth, problem: (typed) => (birthTyped(typed) === undefined ? words().badBirth : undefined), input: { autocomplete: 'off', maxlength: '12' } },
    phoneField(),
    { name: 'reason', label: words().reason, value: draft.reason, input: { maxlength: '500', autocomplete: 'off' } },
  ];
}

export function phoneField(): Field {
  return { name: 'phone', label: words().phone, hint: words().phoneHint, value: draft.phone, problem: (typed) => (/^0[35789]\d{8}$/.test(bare(typed)) ? undefined : words().badPhone), input: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', maxlength: '20' } };
}
