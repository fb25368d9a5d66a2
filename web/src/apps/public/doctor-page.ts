// Which doctor; whoever is free first stands above.
import type { BookingDoctor } from '@sen/contracts';
import { element, icon, type Child } from './element.ts';
import { coming, link, sayWhen, type PageParts } from './frame.ts';
import type { Place } from './place.ts';
import { doctorsOf, specialtiesNow } from './requests.ts';
import { words } from './speak.ts';

export function doctorPage({ specialty = '' }: Place): PageParts {
  return { title: words().whichDoctor, step: 2, back: { page: 'find' }, content: [specialtyName(specialty), coming(() => doctorsOf(specialty), (doctors) => showDoctors(doctors, specialty))] };
}

export function specialtyName(specialty: string, also = ''): HTMLElement {
  const place = element('p', { class: 'lead' });
  void specialtiesNow().then(({ specialties }) => { place.textContent = [specialties.find(({ id }) => id === specialty)?.name, also].filter((part) => part !== undefined && part !== '').join(' · '); }, () => undefined);
  return place;
}

function showDoctors(doctors: readonly BookingDoctor[], specialty: string): Child {
  const first = doctors.flatMap(({ nextFree }) => (nextFree === undefined ? [] : [nextFree])).sort()[0];
  return [
    link({ page: 'time', specialty }, { class: 'choice card any' }, icon('clock', 'i tile'), element('span', {}, element('b', {}, words().anyDoctor), element('small', {}, first === undefined ? words().seeTimes : words().soonest(sayWhen(first)))), icon('right')),
    doctors.length > 0 && element('h2', {}, words().orChoose),
    element('ul', { class: 'choices' }, doctors.map(({ id, name, specialties, nextFree }) => element('li', {}, link({ page: 'time', specialty, doctor: id }, { class: 'choice' },
      element('span', {}, element('b', {}, name), element('small', {}, specialties.map((one) => one.name).join(', ')), element('small', { class: nextFree === undefined ? '' : 'soon' }, nextFree === undefined ? words().noFree : words().soonest(sayWhen(nextFree)))), icon('right'))))),
  ];
}
