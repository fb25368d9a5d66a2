// What stands around every page: emergency number, the hospital and its telephone, the way back; and what pages are made of.
import { ApiError } from '../../lib/api.ts';
import { addDays, dayOf, sayDay, timeOf } from '../patient/days.ts';
import { element, fill, icon, type Child } from './element.ts';
import { addressOf, go, type Place } from './place.ts';
import { specialtiesNow } from './requests.ts';
import { language, speak, words } from './speak.ts';

/** The number of the emergency service in all Vietnam. */
const emergencyNumber = '115';

export interface PageParts {
  readonly title: string;
  /** 1 to 5 on the way to a booking. */
  readonly step?: number;
  readonly back?: Place;
  readonly content: readonly Child[];
}

/** Draws a page and puts the reader at its heading, unless it is the first one. */
export function drawPage(root: HTMLElement, { title, step, back, content }: PageParts, isFirst: boolean): void {
  const heading = element('h1', { tabindex: '-1' }, title);
  fill(root, element('a', { href: '#page', class: 'skip' }, words().skip), emergencyBar(), header(), element('main', { id: 'page' },
    (back !== undefined || step !== undefined) && element('div', { class: 'way' },
      back !== undefined && link(back, { class: 'back' }, icon('back'), words().back),
      step !== undefined && element('span', {}, words().step(step))),
    heading, content), footer());
  document.title = `${title} – Sen`;
  if (!isFirst) heading.focus({ preventScroll: true });
}

function emergencyBar(): HTMLElement {
  const change = () => {
    speak(language() === 'vi' ? 'en' : 'vi');
    dispatchEvent(new PopStateEvent('popstate'));
  };
  return element('aside', { 'class': 'sos', 'aria-label': words().emergency }, element('div', { class: 'w' }, icon('warning'), element('span', {}, words().emergency), element('a', { href: `tel:${emergencyNumber}` }, emergencyNumber),
    element('button', { 'type': 'button', 'class': 'tongue', 'lang': language() === 'vi' ? 'en' : 'vi', 'aria-label': words().otherFull, 'click': change }, words().other)));
}

function header(): HTMLElement {
  const name = element('b', {}, words().hospital);
  const telephone = element('span', {});
  void specialtiesNow().then(({ facilityName, phone }) => {
    name.textContent = facilityName;
    if (phone !== undefined) fill(telephone, callLink(phone, words().call));
  }, () => undefined);
  return element('header', { class: 'hd' }, element('div', { class: 'w' }, element('img', { src: '/mark.svg', alt: '', width: '36', height: '36' }), name, telephone));
}

function callLink(phone: string, text: string): HTMLElement {
  return element('a', { 'class': 'tel', 'href': `tel:${phone.replace(/[^\d+]/g, '')}`, 'aria-label': words().callHelp(phone) }, icon('phone'), text);
}

function footer(): HTMLElement {
  const help = element('p', {});
  void specialtiesNow().then(({ phone }) => phone !== undefined && fill(help, callLink(phone, words().callHelp(phone))), () => undefined);
  return element('footer', { class: 'ft' }, element('div', { class: 'w' }, element('p', {}, words().address), help, element('p', {}, element('a', { href: '/app' }, words().app))));
}

/** A link that changes the page without loading it anew. */
export function link(to: Place, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement {
  const follow = (event: Event) => {
    const { metaKey, ctrlKey, shiftKey } = event as MouseEvent;
    if (metaKey || ctrlKey || shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return element('a', { ...attributes, href: addressOf(to), click: follow }, ...children);
}

/** What the server refused, in the reader's language; announced. */
export function refused(error: unknown): HTMLElement {
  const text = error instanceof ApiError ? error.text[language()] : String(error);
  return note(text, 'danger');
}

export function note(text: string, tone: 'danger' | 'warn' | 'ok'): HTMLElement {
  return element('p', { class: `note ${tone}`, role: tone === 'ok' ? 'status' : 'alert' }, icon(tone === 'ok' ? 'check' : 'warning'), element('span', {}, text));
}

/** A place that says it is loading, then holds what came, or why it did not and a button to ask again. */
export function coming<T>(ask: () => Promise<T>, show: (came: T) => Child): HTMLElement {
  const place = element('div', { 'aria-busy': 'true' }, element('p', { class: 'waiting', role: 'status' }, words().waiting));
  const tell = async () => {
    try {
      fill(place, show(await ask()));
    } catch (error) {
      fill(place, refused(error), element('button', { type: 'button', class: 'second', click: () => void tell() }, words().again));
    }
    place.removeAttribute('aria-busy');
  };
  void tell();
  return place;
}

/** `hôm nay, 14:20`, `Thứ Tư, 25/11, 08:00`. */
export function sayWhen(start: string): string {
  const [day, today] = [dayOf(start), dayOf(Date.now())];
  const said = day === today ? words().today : day === addDays(today, 1) ? words().tomorrow : sayDay(day, language(), 'short');
  return `${said}, ${timeOf(start)}`;
}
