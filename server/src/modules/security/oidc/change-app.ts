// Changes a registration.
import type { Work } from '../../../platform/work.ts';
import { appFindings, type App } from './app.ts';
import { keepApp } from './keep-app.ts';
import { loadApp } from './load-app.ts';
import { badApp } from './refusals.ts';
import { newSecret, secretHash, type AppInput } from './register-app.ts';
import { isCovered } from './smart-scope.ts';

/** Replaces what is said of an app. Where it loses a scope or changes how it shows who it is, its tokens end. Gives a secret where it needs a first one. */
export async function changeApp(work: Work, id: string, input: AppInput): Promise<{ app: App; secret?: string }> {
  const findings = appFindings(input);
  if (findings.length > 0) throw badApp(findings);
  const known = await loadApp(work, id);
  const secret = input.authentication === 'secret' && known.secretHash === undefined ? newSecret() : undefined;
  const kept = secret === undefined ? known.secretHash : secretHash(secret);
  const { introspects = false, ...rest } = input;
  const app: App = {
    ...rest, id, introspects, disabled: known.disabled, registeredBy: known.registeredBy, createdAt: known.createdAt,
    ...(input.authentication === 'secret' && kept !== undefined ? { secretHash: kept } : {}),
  };
  await keepApp(work, app, lessThan(known, app));
  return { app, ...(secret === undefined ? {} : { secret }) };
}

function lessThan(before: App, after: App): boolean {
  return before.kind !== after.kind || before.role !== after.role || before.purpose !== after.purpose || before.organisation !== after.organisation || before.certificate !== after.certificate || before.authentication !== after.authentication || before.scopes.some((scope) => !isCovered(scope, after.scopes));
}
