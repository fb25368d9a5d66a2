// `_elements` and `_summary` on a single resource (R4 §3.1.1.5.8, §3.1.1.5.9).
import { badParameter } from './refusals.ts';
import { shaperOf } from './search/shape.ts';

const summaries = ['true', 'text', 'data', 'false'] as const;

/** The resource as asked for; the stored bytes when nothing is left out. */
export function shortened(json: Buffer, query: URLSearchParams): Buffer {
  if (!query.has('_elements') && !query.has('_summary')) return json;
  const asked = query.get('_summary') ?? 'false';
  const summary = summaries.find((known) => known === asked);
  if (summary === undefined) throw badParameter('_summary', `"${asked.slice(0, 20)}" is not possible on one resource; true, text, data or false is expected.`);
  const elements = query.getAll('_elements').flatMap((text) => text.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  return shaperOf({ summary, elements })?.(json) ?? json;
}
