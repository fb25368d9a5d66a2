import { onlyAdministrators } from './refusals.ts';

/** Refuses (403) everybody but an administrator and the house itself. */
export function mustBeAdministrator({ roles }: { readonly roles: readonly string[] }): void {
  if (!roles.includes('administrator') && !roles.includes('system')) throw onlyAdministrators();
}
