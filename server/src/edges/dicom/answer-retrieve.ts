// C-MOVE and C-GET as provider: the plan is the archive's, the sending with its counts is ours (DICOM PS3.4 2024e, C.4.2 and C.4.3).
import { isStorage, responseTo, status, type Command, type Context, type DicomAddress, type PlannedInstance, type RetrievePlan } from '@sen/dicom/net';
import { failedList } from './failed-list.ts';
import { openAssociation, type DicomCall } from './open-association.ts';
import type { Request } from './request.ts';
import { sendInstances, type Sending, type Sent } from './send-instances.ts';

/** Answers to the end; returns the last status. */
export async function answerRetrieve(request: Request, operation: 'move' | 'get', plan: RetrievePlan): Promise<number> {
  const { incoming, seat } = request;
  if (operation === 'get') {
    return finish(request, plan, await sendInstances({ ...common(request, plan), ask: seat.ask, contexts: seat.contexts(), ours: (context) => context.requestorProvides }));
  }
  if (plan.destination === undefined) {
    await incoming.respond(responseTo(incoming.command, status.moveDestinationUnknown));
    return status.moveDestinationUnknown;
  }
  return finish(request, plan, await move(request, plan, plan.destination));
}

function common({ incoming }: Request, plan: RetrievePlan): Pick<Sending, 'instances' | 'cancelled' | 'progress'> {
  let toldAt = 0;
  return {
    instances: plan.instances, cancelled: incoming.cancelled,
    // Four times a second is enough for a bar that moves; a message for each image would double the traffic of small ones.
    progress: (sent) => {
      if (performance.now() - toldAt < 250) return undefined;
      toldAt = performance.now();
      return incoming.respond({ ...responseTo(incoming.command, status.pending), ...counts(sent), remaining: remaining(plan, sent) });
    },
  };
}

async function move(request: Request, plan: RetrievePlan, destination: DicomAddress): Promise<Sent> {
  const { incoming, seat } = request;
  const nothing: Sent = { completed: 0, warned: 0, failures: [] };
  if (plan.instances.length === 0) return nothing;
  const sent = { ...nothing };
  let call: DicomCall | undefined;
  try {
    call = await openAssociation({ ...seat.calling, address: destination, contexts: storageContexts(plan.instances) });
    const hear = common(request, plan);
    const originator = { aeTitle: seat.peer.callingAe, messageId: incoming.command.messageId ?? 0 };
    const progress = (now: Sent) => {
      Object.assign(sent, now);
      return hear.progress?.(now);
    };
    return await sendInstances({ ...hear, progress, ask: call.ask, contexts: call.contexts, ours: (context: Context) => context.requestorUses, originator });
  } catch (error) {
    seat.fault('a C-MOVE to its destination', error);
    return allElseFailed(plan, sent);
  } finally {
    await call?.release();
  }
}

/** The destination is gone: what was counted stays, the rest has failed. */
function allElseFailed(plan: RetrievePlan, sent: Sent): Sent {
  const tried = sent.completed + sent.warned + sent.failures.length;
  return { ...sent, failures: [...sent.failures, ...plan.instances.slice(tried).map(({ sopInstance }) => ({ sopInstance, status: undefined }))] };
}

/** Each encoding in a context of its own, so that each is judged by itself; encodings as stored go first if there are more than 128. */
function storageContexts(instances: readonly PlannedInstance[]): { abstractSyntax: string; transferSyntaxes: string[] }[] {
  const pairs = new Map<string, { abstractSyntax: string; transferSyntaxes: string[] }>();
  const add = (abstractSyntax: string, syntax: string | undefined) => {
    if (syntax !== undefined && isStorage(abstractSyntax)) pairs.set(`${abstractSyntax} ${syntax}`, { abstractSyntax, transferSyntaxes: [syntax] });
  };
  for (const { sopClass, transferSyntaxes } of instances) add(sopClass, transferSyntaxes[0]);
  for (const { sopClass, transferSyntaxes } of instances) for (const syntax of transferSyntaxes.slice(1)) add(sopClass, syntax);
  return [...pairs.values()].slice(0, 128);
}

async function finish({ incoming }: Request, plan: RetrievePlan, sent: Sent): Promise<number> {
  const cancelled = incoming.cancelled.aborted && remaining(plan, sent) > 0;
  const code = cancelled ? status.cancelled : lastStatus(sent);
  const response: Command = { ...responseTo(incoming.command, code), ...counts(sent), ...(cancelled && { remaining: remaining(plan, sent) }) };
  const failed = sent.failures.map(({ sopInstance }) => sopInstance);
  await incoming.respond(response, failed.length === 0 ? undefined : failedList(failed, incoming.context.transferSyntax));
  return code;
}

function lastStatus(sent: Sent): number {
  if (sent.failures.length === 0) return sent.warned === 0 ? status.success : status.someFailed;
  return sent.completed + sent.warned === 0 ? status.outOfResourcesForTransfer : status.someFailed;
}

/** The counts are of two bytes each. */
function counts(sent: Sent): Pick<Command, 'completed' | 'failed' | 'warning'> {
  return { completed: Math.min(0xffff, sent.completed), failed: Math.min(0xffff, sent.failures.length), warning: Math.min(0xffff, sent.warned) };
}

function remaining(plan: RetrievePlan, sent: Sent): number {
  return Math.min(0xffff, plan.instances.length - sent.completed - sent.warned - sent.failures.length);
}
