// `:missing` (R4 search §3.1.1.4.4): whether a resource has a value for a parameter.
import { placeOf, presenceBit } from '@sen/fhir';
import { badValue } from '../refusals.ts';
import { anyOf } from '../sql.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';

export function missingCondition(scope: Scope, filter: ParameterFilter): string {
  const there = presentCondition(scope, filter);
  return anyOf([...new Set(filter.values)].map((value) => {
    if (value === 'false') return there;
    if (value === 'true') return `not (${there})`;
    throw badValue(`${filter.name}:missing`, 'true or false');
  }));
}

function presentCondition(scope: Scope, { owner, parameter: { code } }: ParameterFilter): string {
  if (code === '_id' || code === '_lastUpdated') return 'true';
  const bit = presenceBit(scope.type, code);
  if (bit === undefined) return hasTokenHere(scope, [placeOf(owner, code, 'present')]);
  return `${scope.alias}.present & ${scope.parameters.bigint(1n << BigInt(bit))} <> 0`;
}
