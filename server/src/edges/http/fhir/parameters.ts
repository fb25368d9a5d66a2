// The simple values of a Parameters resource, as a query.
import { isNumber, numberText } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';

/** Adds the parameters to a query; refuses (400) what has no simple value. */
export function parametersAsQuery(body: unknown, query: URLSearchParams): URLSearchParams {
  const { resourceType, parameter = [] } = (body ?? {}) as { resourceType?: unknown; parameter?: unknown };
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) throw refused('An operation takes a Parameters resource.', 'Parameters');
  parameter.forEach((one: Record<string, unknown> | null, i) => {
    const name = one?.['name'];
    const key = Object.keys(one ?? {}).find((member) => member.startsWith('value'));
    const value = key === undefined ? undefined : one?.[key];
    if (typeof name !== 'string' || !(typeof value === 'string' || typeof value === 'boolean' || isNumber(value))) {
      throw refused('Each parameter needs a name and a simple value.', `Parameters.parameter[${i}]`);
    }
    query.append(name, isNumber(value) ? numberText(value) : String(value));
  });
  return query;
}

function refused(diagnostics: string, expression: string): Refusal {
  return new Refusal('incorrect', 'fhir.bad-parameters', { vi: 'Tham số của thao tác không hợp lệ.', en: 'The parameters of the operation are not valid.' }, [
    { severity: 'error', code: 'structure', diagnostics, expression },
  ]);
}
