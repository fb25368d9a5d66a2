// What to look for; it stands in the address, so that a question can be kept and sent.
import { useState, type FormEvent } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import type { Filters } from './requests.ts';
import { strings } from './strings.ts';

export function EntryFilters({ filters, show }: { filters: Filters; show: (filters: Filters) => void }) {
  const words = useStrings(strings);
  const [typed, setTyped] = useState<Filters>(filters);
  const set = (name: keyof Filters, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const wanted = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show(wanted);
  };
  const input = (name: keyof Filters, label: string, type = 'text') => (
    <label>{label}<input type={type} value={typed[name] ?? ''} onChange={(event) => set(name, event.currentTarget.value)} autoComplete="off" /></label>
  );
  const select = (name: keyof Filters, label: string, options: Readonly<Record<string, string>>) => (
    <label>{label}
      <select value={typed[name] ?? ''} onChange={(event) => set(name, event.currentTarget.value)}>
        <option value="">{words.any}</option>
        {Object.entries(options).map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  );
  const file = (format: string) => `/api/audit/export?${new URLSearchParams({ ...filters, format })}`;
  return (
    <form className="audit-filters" onSubmit={submit}>
      {input('from', words.from, 'date')}
      {input('to', words.to, 'date')}
      {input('who', words.who)}
      {input('patient', words.patient)}
      {select('action', words.action, words.actions)}
      {select('outcome', words.outcome, words.outcomes)}
      {input('door', words.door)}
      {input('address', words.address)}
      <div className="audit-buttons">
        <button type="submit" className="btn primary"><Icon name="search" size={16} />{words.apply}</button>
        <button type="button" className="btn" onClick={() => show({})}>{words.clear}</button>
        <a className="btn" href={file('csv')} download><Icon name="save" size={16} />{words.exportCsv}</a>
        <a className="btn" href={file('ndjson')} download><Icon name="save" size={16} />{words.exportNdjson}</a>
      </div>
    </form>
  );
}
