// What `bench record` may be told.
import { parseArgs } from 'node:util';
import type { ProcessChoice } from '../measure/processes.ts';

export interface RecordOptions {
  /** FHIR base of a server that runs already; undefined: start our own. */
  readonly base: URL | undefined;
  readonly token: string | undefined;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Rest between seeding and the first row, in which the database's own housekeeping makes its statistics. */
  readonly settleSeconds: number;
  readonly clients: readonly number[];
  readonly only: readonly string[] | undefined;
  readonly patients: number;
  readonly label: string;
  readonly results: string;
  /** File that remembers the ids of the seed; when it is there, nothing is seeded. */
  readonly seedFile: string | undefined;
  readonly server: ProcessChoice;
  readonly postgres: ProcessChoice;
}

export const recordUsage = `bench record [options]
  --base URL              FHIR base of a running server, such as http://localhost:8103/fhir/R4; without it Sen is started on an empty data folder
  --token T               bearer token
  --server-pid N,N        processes of the server (their children count too); --postgres-pid N,N those of PostgreSQL
  --server-match REGEX    the same by command line; --postgres-match REGEX
  --seconds N             measured time of a cell (8); --warm-up N before it (a third)
  --settle N              seconds of rest after seeding (30), as after any bulk load, so that the database has statistics
  --clients 1,16          numbers of clients
  --only row,row          create read update name identifier observation sorted revinclude chained everything transaction
  --patients N            patients to seed (1000), about 33 resources each
  --seed-file FILE        remember the seed in FILE, or use the one remembered there
  --label NAME            results/record-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

/** Reads the options of `bench record`; throws on what it does not know. */
export function readOptions(args: readonly string[], resultsFolder: string): RecordOptions {
  const names = ['base', 'token', 'server-pid', 'postgres-pid', 'server-match', 'postgres-match', 'seconds', 'warm-up', 'settle', 'clients', 'only', 'patients', 'seed-file', 'label', 'results'] as const;
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Partial<Record<(typeof names)[number], string>>;
  const seconds = positive(given.seconds ?? '8', 'seconds');
  return {
    base: given.base === undefined ? undefined : new URL(given.base),
    token: given.token,
    seconds,
    warmUpSeconds: positive(given['warm-up'] ?? String(Math.round(Math.max(1, seconds / 3) * 10) / 10), 'warm-up'),
    settleSeconds: given.settle === '0' ? 0 : positive(given.settle ?? '30', 'settle'),
    clients: list(given.clients ?? '1,16').map((one) => positive(one, 'clients')),
    only: given.only === undefined ? undefined : list(given.only),
    patients: positive(given.patients ?? '1000', 'patients'),
    label: given.label ?? 'sen',
    results: given.results ?? resultsFolder,
    seedFile: given['seed-file'],
    server: choice(given['server-pid'], given['server-match']),
    postgres: choice(given['postgres-pid'], given['postgres-match']),
  };
}

function choice(pids: string | undefined, match: string | undefined): ProcessChoice {
  return {
    pids: list(pids ?? '').map((one) => positive(one, 'pid')),
    ...(match === undefined ? {} : { match: new RegExp(match) }),
  };
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above zero, not "${text}"`);
  return value;
}
