// `npm run bench -- <command>`: measurements that anybody can repeat. A bench is one line of this table.
import { fileURLToPath } from 'node:url';

interface Bench {
  readonly says: string;
  /** Runs with the remaining arguments; the results go into the folder. Returns the exit code. */
  readonly run: (args: readonly string[], resultsFolder: string) => Promise<number>;
  readonly usage: () => Promise<string>;
}

const benches: Readonly<Record<string, Bench>> = {
  record: {
    says: 'the FHIR record under load: rate, latency and CPU per request against the targets; any FHIR R4 server',
    run: async (args, folder) => (await import('./record/record.ts')).record(args, folder),
    usage: async () => (await import('./record/options.ts')).recordUsage,
  },
  ladder: {
    says: 'the same questions at 1,000, 4,000, 16,000 and 64,000 patients: medians, tails, disk, memory',
    run: async (args, folder) => (await import('./ladder/ladder.ts')).ladder(args, folder),
    usage: async () => (await import('./ladder/ladder.ts')).ladderUsage,
  },
  validate: {
    says: 'CPU of validation and indexing a resource, against the libraries',
    run: async (args, folder) => (await import('./validate/validate.ts')).validate(args, folder),
    usage: async () => (await import('./validate/validate.ts')).validateUsage,
  },
  audit: {
    says: 'what the audit costs a read: CPU of Node and PostgreSQL, and how fast the chain is proved',
    run: async (args, folder) => (await import('./audit/audit.ts')).audit(args, folder),
    usage: async () => (await import('./audit/audit.ts')).auditUsage,
  },
  objects: {
    says: 'the store of documents and images: MB/s written and read, encrypted and plain',
    run: async (args, folder) => (await import('./objects/objects.ts')).objects(args, folder),
    usage: async () => (await import('./objects/objects.ts')).objectsUsage,
  },
  soak: {
    says: 'an hour of mixed load: does memory stay flat',
    run: async (args, folder) => (await import('./soak/soak.ts')).soak(args, folder),
    usage: async () => (await import('./soak/soak.ts')).soakUsage,
  },
  day: {
    says: 'a day of 8,000 outpatients over the real doors: how many times faster than real, the times of each step, does it add up',
    run: async (args, folder) => (await import('./day/day.ts')).day(args, folder),
    usage: async () => (await import('./day/day.ts')).dayUsage,
  },
  booking: {
    says: 'many who want few seats: attempts a second, and whether a seat was given twice or lost',
    run: async (args, folder) => (await import('./booking/booking.ts')).booking(args, folder),
    usage: async () => (await import('./booking/booking.ts')).bookingUsage,
  },
  queue: {
    says: 'CPU of a click in the queue: receive, next, begin',
    run: async (args, folder) => (await import('./queue/queue.ts')).queue(args, folder),
    usage: async () => (await import('./queue/queue.ts')).queueUsage,
  },
  telephone: {
    says: 'calls of the voice menu at the same time, each booking by keypad: answered, lost, jitter of the sound, CPU',
    run: async (args, folder) => (await import('./telephone/telephone.ts')).telephone(args, folder),
    usage: async () => (await import('./telephone/telephone.ts')).telephoneUsage,
  },
  rules: {
    says: 'a day in model time: booked people seen within 15 min of their slot by the rules of the queue, and first come, first served',
    run: async (args, folder) => (await import('./day/rules.ts')).rules(args, folder),
    usage: async () => (await import('./day/rules.ts')).rulesUsage,
  },
  import: {
    says: 'import of a folder of FHIR files: resources/s and CPU',
    run: async (args, folder) => (await import('./import/import.ts')).importFolder(args, folder),
    usage: async () => (await import('./import/import.ts')).importUsage,
  },
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  const lines = Object.entries(benches).map(([key, one]) => `  ${key.padEnd(9)} ${one.says}`);
  process.stdout.write(`npm run bench -- <bench> [options]; <bench> --help for its options; more in bench/README.md\n${lines.join('\n')}\n`);
  process.exitCode = name === '' || name === '--help' ? 0 : 1;
} else {
  process.exitCode = await run(bench).catch((error: unknown) => {
    process.stderr.write(`bench ${name}: ${(error as Error).message}\n`);
    return 1;
  });
}

async function run(chosen: Bench): Promise<number> {
  if (!args.includes('--help')) return chosen.run(args, fileURLToPath(new URL('results/', import.meta.url)));
  process.stdout.write(`${await chosen.usage()}\n`);
  return 0;
}
