// `npm run sen -- token [--as <username>] [--hours N]`: an access token for scripts and benches, on standard output alone.
import { parseArgs } from 'node:util';
import { issueToken, recordAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';

const usage = 'npm run sen -- token [--as <tên đăng nhập / username>] [--hours N]\n';

/** Writes a new token, of an hour when nothing else is said: of the in-house system, or of the account that is named. Returns 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const token = await withHouse(readSettings(process.env), async (house) => {
    const issued = await issueToken(house.systemWork(), asked.username, asked.hours);
    await recordAudit(house.systemWork(), { kind: 'token', action: 'C', door: 'sen token', detail: { as: asked.username ?? 'integration', hours: asked.hours } });
    return issued;
  });
  process.stdout.write(`${token}\n`);
  return 0;
}

function readCommand(args: string[]): { username: string | undefined; hours: number } | undefined {
  try {
    const { values } = parseArgs({ args, options: { as: { type: 'string' }, hours: { type: 'string', default: '1' } } });
    return { username: values.as, hours: Number(values.hours) };
  } catch {
    return undefined;
  }
}
