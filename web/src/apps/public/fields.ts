// A form whose problems stand beside the fields, and are listed above it for who cannot see them all at once.
import { element, fill, type Child } from './element.ts';
import { refused } from './frame.ts';
import { words } from './speak.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  /** Why the typed text will not do. */
  readonly problem?: (typed: string) => string | undefined;
  /** Attributes of the input: `inputmode`, `autocomplete`. */
  readonly input?: Readonly<Record<string, string>>;
}

/** `send` gets what was typed; what it throws is shown above the button. */
export function fieldsForm(fields: readonly Field[], button: string, send: (typed: Readonly<Record<string, string>>) => Promise<void>, ...after: readonly Child[]): HTMLFormElement {
  const [summary, told] = [element('div', {}), element('div', {})];
  const act = element('button', { type: 'submit', class: 'act' }, button);
  const form = element('form', { novalidate: true }, summary, fields.map(fieldRow), told, act, after);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(fields.map(({ name }) => [name, inputOf(form, name).value.trim()]));
    if (act.disabled || !fits(form, fields, typed, summary)) return;
    act.disabled = true;
    fill(told);
    void send(typed).catch((error: unknown) => fill(told, refused(error))).finally(() => { act.disabled = false; });
  });
  return form;
}

function fieldRow({ name, label, hint, value = '', input = {} }: Field): HTMLElement {
  return element('div', { class: 'field' },
    element('label', { for: name }, label),
    hint !== undefined && element('p', { class: 'hint', id: `${name}-hint` }, hint),
    element('p', { class: 'wrong', id: `${name}-wrong`, hidden: true }),
    element('input', { id: name, name, value, ...(hint !== undefined && { 'aria-describedby': `${name}-hint` }), ...input }));
}

function inputOf(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function fits(form: HTMLFormElement, fields: readonly Field[], typed: Readonly<Record<string, string>>, summary: HTMLElement): boolean {
  const problems = fields.flatMap(({ name, label, hint, problem }) => {
    const found = problem?.(typed[name] ?? '');
    const [input, wrong] = [inputOf(form, name), form.querySelector<HTMLElement>(`#${name}-wrong`)!];
    wrong.hidden = found === undefined;
    wrong.textContent = found ?? '';
    input.toggleAttribute('aria-invalid', found !== undefined);
    if (found !== undefined) input.setAttribute('aria-invalid', 'true');
    const describes = [hint !== undefined && `${name}-hint`, found !== undefined && `${name}-wrong`].filter((id) => id !== false).join(' ');
    if (describes === '') input.removeAttribute('aria-describedby'); else input.setAttribute('aria-describedby', describes);
    return found === undefined ? [] : [{ input, label, found }];
  });
  fill(summary, problems.length > 1 && element('div', { class: 'note danger', role: 'alert' }, element('div', {}, element('b', {}, words().problems),
    element('ul', {}, problems.map(({ input, label, found }) => element('li', {}, element('a', { href: `#${input.id}`, click: (event) => { event.preventDefault(); input.focus(); } }, `${label}: ${found}`)))))));
  problems[0]?.input.focus();
  return problems.length === 0;
}
