// `npm run sen -- account <what>`: accounts, for whoever owns the machine: also when no administrator can sign in any more.
import { parseArgs } from 'node:util';
import { changeAccount, createAccount, listManaged, managedPerson, recordAudit, resetAccount, type OneTimeCode } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import type { House } from '../platform/module.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- account list
npm run sen -- account add <tên đăng nhập / username> --name "Họ và tên" --roles doctor,head
npm run sen -- account reset <username> [--factors]     mã dùng một lần; --factors: gỡ cả xác thực hai bước / one-time code; also removes second factors
npm run sen -- account roles <username> doctor,head
npm run sen -- account disable <username>
npm run sen -- account enable <username>
`;

/** Runs one of the commands above; returns 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  process.stdout.write(`${await withHouse(readSettings(process.env), (house) => audited(house, asked, args))}\n`);
  return 0;
}

/** Whoever owns the machine acts as the house: the audit says so, with the command. */
async function audited(house: House, act: Act, [what = '', username = '']: string[]): Promise<string> {
  const told = await act(house);
  await recordAudit(house.systemWork(), { kind: 'account', action: what === 'list' ? 'R' : 'U', door: 'sen account', detail: { act: what, username } });
  return told;
}

type Act = (house: House) => Promise<string>;

function readCommand(args: string[]): Act | undefined {
  try {
    const options = { name: { type: 'string' }, roles: { type: 'string' }, factors: { type: 'boolean', default: false } } as const;
    const { values, positionals: [what, username, roles] } = parseArgs({ args, options, allowPositionals: true });
    if (what === 'list') return listAll;
    if (username === undefined) return undefined;
    if (what === 'add' && values.name !== undefined && values.roles !== undefined) return add(username, values.name, values.roles.split(','));
    if (what === 'reset') return async (house) => told(await resetAccount(house.systemWork(), { username }, values.factors));
    if (what === 'roles' && roles !== undefined) return change(username, { roles: roles.split(',') });
    if (what === 'disable' || what === 'enable') return change(username, { disabled: what === 'disable' });
  } catch {
    // an option nobody knows: the usage follows
  }
  return undefined;
}

function add(username: string, name: string, roles: string[]): Act {
  return async (house) => told(await createAccount(house.systemWork(), { username, name, roles }));
}

function change(username: string, what: Parameters<typeof changeAccount>[2]): Act {
  return async (house) => {
    const work = house.systemWork();
    const { roles, disabled } = await changeAccount(work, (await managedPerson(work, { username })).id, what);
    return `${username}: ${roles.join(', ')}${disabled ? ' · đã ngừng / disabled' : ''}`;
  };
}

async function listAll(house: House): Promise<string> {
  const work = house.systemWork();
  const lines: string[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await listManaged(work.db, { state: 'all', after }, work.now);
    lines.push(...page.accounts.map(({ username, name, roles, disabled }) => `${username.padEnd(24)} ${name} (${roles.join(', ')})${disabled ? ' · đã ngừng / disabled' : ''}`));
    after = page.next;
  }
  return lines.join('\n');
}

function told({ account, code, until }: OneTimeCode): string {
  return `${account.username}\n  mã dùng một lần / one-time code: ${code}\n  đến / until: ${until}`;
}
