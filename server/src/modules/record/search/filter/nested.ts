// The parameters with parts that `_filter` adds (R4 search_filter.html §3.1.3.3), where R4 has a composite parameter that ties the parts together.
// Those of Observation.related and ServiceRequest.event and .item speak of elements that R4 itself no longer has.
import type { Comparison, PathStep } from './expression.ts';
import { badFilter } from './refusals.ts';

interface Nested {
  readonly composite: string;
  readonly first: string;
  readonly second: string;
}

const nested: Readonly<Record<string, Nested>> = {
  'Group.characteristic': { composite: 'characteristic-value', first: 'code', second: 'value' },
  'DocumentReference.relatesTo': { composite: 'relationship', first: 'code', second: 'target' },
};

/** `characteristic[code eq X].value eq Y` as the value `X$Y` of the composite; undefined when the path is no such one. */
export function nestedFilter(type: string, comparison: Comparison, path: readonly PathStep[]): { name: string; value: string } | undefined {
  const [step, part, ...more] = path;
  const known = nested[`${type}.${step?.name}`];
  if (known === undefined || step?.filter === undefined) return undefined;
  const { filter } = step;
  const says = filter.kind === 'comparison' && filter.operator === 'eq' && filter.path.length === 1 && filter.path[0]?.name === known.first;
  const asks = part?.name === known.second && more.length === 0 && (comparison.operator === 'eq' || comparison.operator === 're');
  if (!says || !asks) throw badFilter(comparison.position, `${step.name}[${known.first} eq value].${known.second} eq value`);
  return { name: known.composite, value: `${escaped(filter.value)}$${escaped(comparison.value)}` };
}

function escaped(value: string): string {
  return value.replace(/[,$]/g, '\\$&');
}
