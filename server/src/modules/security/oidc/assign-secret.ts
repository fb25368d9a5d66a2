// Gives an app a new secret.
import type { Work } from '../../../platform/work.ts';
import { keepApp } from './keep-app.ts';
import { loadApp } from './load-app.ts';
import { badApp } from './refusals.ts';
import { newSecret, secretHash } from './register-app.ts';

/** Gives a new secret, which is told this once; the old one ends now. Refuses an app that shows who it is in another way. */
export async function assignSecret(work: Work, id: string): Promise<string> {
  const app = await loadApp(work, id);
  if (app.authentication !== 'secret') throw badApp([{ field: 'authentication', vi: 'Ứng dụng này không dùng mật khẩu ứng dụng.', en: 'This app has no secret.' }]);
  const secret = newSecret();
  await keepApp(work, { ...app, secretHash: secretHash(secret) }, false);
  return secret;
}
