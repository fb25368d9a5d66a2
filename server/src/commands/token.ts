// `npm run sen -- token <username> [--hours N]`: an access token for scripts and benches, on standard output alone.
import { parseArgs } from 'node:util';
import { issueToken } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';

const usage = 'npm run sen -- token <tên đăng nhập / username> [--hours N]\n';

/** Writes a new token of an account, of 12 hours when nothing else is said; returns 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const token = await withHouse(readSettings(process.env), (house) => issueToken(house.systemWork(), asked.username, asked.hours));
  process.stdout.write(`${token}\n`);
  return 0;
}

function readCommand(args: string[]): { username: string; hours: number } | undefined {
  try {
    const { values, positionals } = parseArgs({ args, options: { user: { type: 'string' }, hours: { type: 'string', default: '12' } }, allowPositionals: true });
    const username = values.user ?? positionals[0];
    return username === undefined ? undefined : { username, hours: Number(values.hours) };
  } catch {
    return undefined;
  }
}
