// `npm run sen -- policy`: the access policy in force in short; --json as it is stored; --markdown the starter policy as docs/policy.md;
// `set <file> --reason "…" [--from 2026-12-01T00:00:00+07:00]` adds a version.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { changePolicy, policyMarkdown, readPolicy, recordAudit, starterPolicy } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import type { House } from '../platform/module.ts';
import { withHouse } from '../start/with-house.ts';

const usage = 'npm run sen -- policy [--json | --markdown | set <file.json> --reason "…" [--from <ISO 8601>]]\n';

interface Asked {
  readonly values: { json?: boolean | undefined; markdown?: boolean | undefined; reason?: string | undefined; from?: string | undefined };
  readonly positionals: readonly string[];
}

/** Shows or changes the policy; returns 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const text = asked.values.markdown === true ? policyMarkdown(starterPolicy) : await withHouse(readSettings(process.env), (house) => (asked.positionals[0] === 'set' ? set(house, asked) : show(house, asked.values.json === true)));
  process.stdout.write(text);
  return 0;
}

function readCommand(args: string[]): Asked | undefined {
  try {
    const options = { json: { type: 'boolean' }, markdown: { type: 'boolean' }, reason: { type: 'string' }, from: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const sets = positionals[0] === 'set' && positionals.length === 2 && (values.reason ?? '').trim().length >= 10 && (values.from === undefined || !Number.isNaN(Date.parse(values.from)));
    return sets || positionals.length === 0 ? { values, positionals } : undefined;
  } catch {
    return undefined;
  }
}

async function show(house: House, whole: boolean): Promise<string> {
  const { version, versions, document } = await readPolicy(house.systemWork());
  if (whole) return `${JSON.stringify(document, null, 2)}\n`;
  return versions.map((each) => `${each.version === version.version ? '*' : ' '} ${each.version}  ${each.effectiveFrom}  ${each.changedBy}  ${each.reason}\n`).join('');
}

async function set(house: House, { values, positionals }: Asked): Promise<string> {
  const document: unknown = JSON.parse(readFileSync(positionals[1]!, 'utf8'));
  const work = house.systemWork();
  const basedOn = (await readPolicy(work)).versions[0]?.version ?? 0;
  const stored = await changePolicy(work, { document, basedOn, reason: values.reason!.trim(), ...(values.from === undefined ? {} : { effectiveFrom: Date.parse(values.from) }) });
  await recordAudit(work, { kind: 'policy', action: 'U', door: 'sen policy set', detail: { version: stored.version, reason: stored.reason } });
  return `${stored.version}\n`;
}
