// The telephones of the patients: a provider of short messages that keeps what it is given, and the app, which signs in with the code of such a message.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Door } from './door.ts';
import type { StagedPerson } from './stage.ts';

/** Real time within which a code should have come. */
const patienceMs = 20_000;

export interface Received {
  readonly to: string;
  readonly text: string;
}

export interface Phones {
  /** Settings that make the server send through this provider. */
  readonly settings: NodeJS.ProcessEnv;
  /** Messages so far, without codes. */
  received(): readonly Received[];
  /** Signs in as a patient does: number, code, person. Gives the token of the session. */
  signIn(door: Door, person: StagedPerson): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens the provider on a free port. */
export async function openPhones(): Promise<Phones> {
  const messages: Received[] = [];
  const waiting = new Map<string, (code: string) => void>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { to, text } = JSON.parse(body) as Received;
      const code = /\b(\d{6})\b/.exec(text)?.[1];
      const reader = waiting.get(national(to));
      if (code !== undefined && reader !== undefined) reader(code);
      else messages.push({ to: national(to), text });
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ id: `m${messages.length}`, status: 'sent' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { SEN_SMS_URL: `http://127.0.0.1:${port}/`, SEN_SMS_PER_SECOND: '10000' },
    received: () => messages,
    signIn: async (door, person) => {
      const coming = new Promise<string>((resolve) => waiting.set(national(person.phone), resolve));
      const from = { address: person.address };
      const asked = await door.ask<{ ticket: string }>('phone: ask for a code', 'POST', '/api/session/phone', { phone: person.phone }, from);
      const code = await Promise.race([coming, new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined))]);
      waiting.delete(national(person.phone));
      const given = asked === undefined || code === undefined ? undefined : (await door.ask<{ ticket: string }>('phone: give the code', 'POST', '/api/session/phone/code', { ticket: asked.ticket, code }, from));
      const session = given && (await door.ask<{ token?: string }>('phone: sign in', 'POST', '/api/session/phone/person', { ticket: given.ticket, citizenNumber: person.citizenNumber, birthDate: person.birthDate }, from));
      return session?.token;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function national(phone: string): string {
  return phone.replace(/^\+?84/, '0').replace(/\D/g, '');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
