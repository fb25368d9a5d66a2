// Objects to somebody by C-STORE, one after the other: for C-GET over its own association, for C-MOVE and sending over ours.
import { commandField, isDone, type Context, type Conversation, type PlannedInstance } from '@sen/dicom/net';

export interface Sending {
  readonly instances: Iterable<PlannedInstance> | AsyncIterable<PlannedInstance>;
  readonly ask: Conversation['request'];
  readonly contexts: ReadonlyMap<number, Context>;
  /** Whether we may send in a context: the requestor as user, the acceptor where the requestor provides. */
  readonly ours: (context: Context) => boolean;
  readonly originator?: { readonly aeTitle: string; readonly messageId: number };
  readonly cancelled?: AbortSignal;
  /** After each object. */
  readonly progress?: (sent: Sent) => Promise<void> | void;
}

/** How far it went. `failures`: what was not taken, with the status given, or none when it could not be sent. */
export interface Sent {
  completed: number;
  warned: number;
  readonly failures: { readonly sopInstance: string; readonly status: number | undefined }[];
}

/** Sends until done or cancelled. Rejects only when the association is lost. */
export async function sendInstances(sending: Sending): Promise<Sent> {
  const sent: Sent = { completed: 0, warned: 0, failures: [] };
  for await (const instance of sending.instances) {
    if (sending.cancelled?.aborted === true) break;
    const code = await sendOne(sending, instance);
    if (code === 0) sent.completed += 1;
    else if (code !== undefined && isDone(code)) sent.warned += 1;
    else sent.failures.push({ sopInstance: instance.sopInstance, status: code });
    await sending.progress?.(sent);
  }
  return sent;
}

async function sendOne(sending: Sending, instance: PlannedInstance): Promise<number | undefined> {
  const context = contextFor(sending, instance);
  if (context === undefined) return undefined;
  const data = await begun(instance.open(context.transferSyntax)).catch(() => undefined);
  if (data === undefined) return undefined;
  const { originator } = sending;
  const responses = sending.ask(context, {
    field: commandField.store, priority: 0, affectedSopClass: instance.sopClass, affectedSopInstance: instance.sopInstance,
    ...(originator !== undefined && { originatorAe: originator.aeTitle, originatorMessageId: originator.messageId }),
  }, data);
  let code: number | undefined;
  for await (const { command } of responses) code = command.status;
  return code;
}

/** The encoding that costs least: as stored first. */
function contextFor({ contexts, ours }: Sending, instance: PlannedInstance): Context | undefined {
  const usable = [...contexts.values()].filter((context) => context.abstractSyntax === instance.sopClass && ours(context));
  for (const wanted of instance.transferSyntaxes) {
    const found = usable.find(({ transferSyntax }) => transferSyntax === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads the first slice before anything is sent: an object that cannot be opened fails alone, not with its association. */
async function begun(data: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const iterator = data[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let item = first; item.done !== true; item = await iterator.next()) yield item.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
