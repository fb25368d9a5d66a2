// The FHIR types that names in a policy stand for.
import type { PolicyDocument } from './document.ts';

export function typesOf({ groups }: Pick<PolicyDocument, 'groups'>, names: readonly string[]): string[] {
  return names.flatMap((name) => (Object.hasOwn(groups, name) ? groups[name]!.types : [name]));
}
