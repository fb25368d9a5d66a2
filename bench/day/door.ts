// The doors of the server as the people of the day use them: each request is a step with a name, timed and checked.
import { openConnection, type Connection, type Reply } from '../measure/connection.ts';

export interface Asking {
  readonly token?: string | undefined;
  /** As a proxy tells it, so that each patient has an address of their own. */
  readonly address?: string | undefined;
}

export interface StepTimes {
  readonly step: string;
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Answers other than 2xx, by status and code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface Door {
  /** Sends one request. Resolves with the parsed body; a refusal is counted and gives undefined. */
  ask<T>(step: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: object | undefined, asking: Asking): Promise<T | undefined>;
  /** Forgets what was timed so far. */
  begin(): void;
  times(): StepTimes[];
  close(): void;
}

interface Tally {
  readonly ms: number[];
  readonly refused: Map<string, number>;
}

/** Opens doors over keep-alive connections, as many as are used at once. */
export function openDoor(base: URL): Door {
  const free: Connection[] = [];
  const all: Connection[] = [];
  const tallies = new Map<string, Tally>();
  const tallyOf = (step: string): Tally => {
    const tally = tallies.get(step) ?? { ms: [], refused: new Map() };
    tallies.set(step, tally);
    return tally;
  };
  const connect = () => {
    const made = openConnection(base);
    all.push(made);
    return made;
  };
  return {
    ask: async <T>(step: string, method: string, path: string, body: object | undefined, asking: Asking) => {
      const connection = free.pop() ?? connect();
      const began = performance.now();
      const reply = await connection.send(bytesOf(base, method, path, body, asking));
      tallyOf(step).ms.push(performance.now() - began);
      free.push(connection);
      if (reply.status >= 200 && reply.status < 300) return (reply.body.length === 0 ? undefined : JSON.parse(reply.body.toString())) as T;
      const why = `${reply.status} ${codeOf(reply)}`;
      const { refused } = tallyOf(step);
      refused.set(why, (refused.get(why) ?? 0) + 1);
      return undefined;
    },
    begin: () => tallies.clear(),
    times: () => [...tallies].map(([step, tally]) => timesOf(step, tally)).sort((a, b) => b.count - a.count),
    close: () => all.forEach((one) => one.close()),
  };
}

function bytesOf(base: URL, method: string, path: string, body: object | undefined, { token, address }: Asking): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`, `Host: ${base.host}`, 'Accept: application/json',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(address === undefined ? [] : [`X-Forwarded-For: ${address}`]),
    ...(body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(json)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${json}`);
}

function codeOf(reply: Reply): string {
  try {
    return String((JSON.parse(reply.body.toString()) as { code?: string }).code ?? '');
  } catch {
    return '';
  }
}

function timesOf(step: string, { ms, refused }: Tally): StepTimes {
  const sorted = Float64Array.from(ms).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { step, count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? 0, refused: Object.fromEntries(refused) };
}
