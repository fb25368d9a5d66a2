// The first page: what one needs, or a booking one already has.
import { plain } from '../../lib/plain.ts';
import { draft } from './draft.ts';
import { element, fill, icon, type Child } from './element.ts';
import { coming, link, sayWhen, type PageParts } from './frame.ts';
import { go } from './place.ts';
import { specialtiesNow, type Specialties } from './requests.ts';
import { words } from './speak.ts';

export function findPage(): PageParts {
  draft.isMoving = false;
  return { title: words().findTitle, content: [coming(specialtiesNow, showSpecialties), haveCode()] };
}

function showSpecialties({ specialties, phone }: Specialties): Child {
  if (specialties.length === 0) return element('p', { class: 'none' }, words().noBooking);
  const list = element('ul', { class: 'choices' });
  const said = element('p', { class: 'vh', role: 'status' });
  const box = element('input', { 'type': 'search', 'id': 'search', 'placeholder': words().search, 'autocomplete': 'off', 'aria-label': words().searchLabel });
  const matching = () => {
    const wanted = plain(box.value).split(/\s+/).filter((word) => word !== '');
    return specialties.filter(({ name, plain: also = '' }) => wanted.every((word) => plain(`${name} ${also}`).includes(word)));
  };
  const show = () => {
    const found = matching();
    fill(list, found.map(specialtyRow));
    if (found.length === 0) fill(list, element('li', { class: 'none' }, words().noMatch));
    said.textContent = box.value === '' ? '' : words().found(found.length);
  };
  box.addEventListener('input', show);
  show();
  const takeOnly = (event: Event) => {
    event.preventDefault();
    const found = matching();
    if (found.length === 1) go({ page: 'doctor', specialty: found[0]!.id });
  };
  return [
    element('form', { class: 'find', role: 'search', submit: takeOnly }, icon('search'), box), said,
    element('h2', {}, words().specialties), element('p', { class: 'lead' }, words().specialtiesLead), list,
    phone !== undefined && element('a', { class: 'choice card', href: `tel:${phone.replace(/[^\d+]/g, '')}` }, icon('phone', 'i tile'), element('span', {}, element('b', {}, words().unsure), element('small', {}, words().unsureLead)), icon('right')),
  ];
}

function specialtyRow({ id, name, plain: also, nextFree }: Specialties['specialties'][number]): HTMLElement {
  return element('li', {}, link({ page: 'doctor', specialty: id }, { class: 'choice' },
    element('span', {}, element('b', {}, name), also !== undefined && element('small', {}, also), element('small', { class: nextFree === undefined ? '' : 'soon' }, nextFree === undefined ? words().noneSoon : words().soonest(sayWhen(nextFree)))), icon('right')));
}

function haveCode(): HTMLElement {
  return link({ page: 'look-up' }, { class: 'choice card' }, icon('card', 'i tile'), element('span', {}, element('b', {}, words().haveCode), element('small', {}, words().haveCodeLead)), icon('right'));
}
