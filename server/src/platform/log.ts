// Structured JSON logs. A line is a plain message and fields from a closed list: patient data has no place to go.
import { pino } from 'pino';

export interface LogFields {
  readonly requestId?: string;
  readonly traceId?: string;
  readonly method?: string;
  /** Pattern of the route, never the address: `/fhir/R4/:type/:id`. */
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  /** Id of the actor, never the name. */
  readonly actor?: string;
  readonly module?: string;
  readonly job?: string;
  readonly event?: string;
  readonly code?: string;
  readonly count?: number;
  readonly attempt?: number;
  readonly error?: Fault;
}

/** What may be told of an error: all but its message, which may quote what a person sent or what a row holds. */
export interface Fault {
  readonly name: string;
  readonly code?: string;
  readonly frames: readonly string[];
  readonly schema?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly syscall?: string;
  readonly cause?: Fault;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Writes one line. The message is a constant of the code, in English: it never holds a value. */
type Write = (message: string, fields?: LogFields) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** Writes out what waits in memory. */
  flush(): void;
}

const allowed: readonly (keyof LogFields)[] = [
  'requestId', 'traceId', 'method', 'route', 'status', 'durationMs', 'actor', 'module', 'job', 'event', 'code', 'count', 'attempt', 'error',
];

/** Opens the log on standard output, or on a given sink. Lines wait in memory at most 0.5 s, and not at all from `warn` up. */
export function openLog(level: LogLevel, sink?: { write(line: string): void }): Log {
  const destination = sink ? undefined : pino.destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 500 });
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, sink ?? destination!);
  const flush = () => flushQuietly(destination);
  return {
    debug: (message, fields) => logger.debug(pick(fields), message),
    info: (message, fields) => logger.info(pick(fields), message),
    warn: (message, fields) => (logger.warn(pick(fields), message), flush()),
    error: (message, fields) => (logger.error(pick(fields), message), flush()),
    flush,
  };
}

/** Describes an error and its causes without their messages, ready to spread into log fields. */
export function faultFields(error: unknown): { error: Fault } {
  return { error: faultOf(error, 0) };
}

function faultOf(error: unknown, depth: number): Fault {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const { code, schema, table, constraint, syscall } = error as unknown as Record<string, unknown>;
  const told = Object.entries({ code, schema, table, constraint, syscall }).filter(([, value]) => typeof value === 'string' && /^[\w.-]{1,63}$/.test(value));
  const cause = error.cause !== undefined && depth < 4 ? { cause: faultOf(error.cause, depth + 1) } : {};
  const name = /^\w{1,63}$/.test(error.name) ? error.name : 'Error';
  return { name, ...Object.fromEntries(told), frames: framesOf(error), ...cause } as Fault;
}

/** A line of a message could pretend to be a frame, so the message is cut off first and each frame must name a place in code. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const start = error.message ? stack.indexOf(error.message) + error.message.length : 0;
  const lines = stack.slice(start).split('\n');
  return lines.map((line) => /^\s+at ((?:[\w.<>#$ [\]]+ \()?(?:file:\/\/|node:|\/|[A-Z]:\\)\S+:\d+:\d+\)?)$/.exec(line)?.[1]).filter((frame) => frame !== undefined).slice(0, 12);
}

function pick(fields: LogFields = {}): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of allowed) if (fields[name] !== undefined) picked[name] = fields[name];
  return picked;
}

function flushQuietly(destination: ReturnType<typeof pino.destination> | undefined): void {
  try {
    destination?.flushSync();
  } catch {
    // Not open yet, or a closed pipe at the end of the process: there is nowhere left to tell.
  }
}
