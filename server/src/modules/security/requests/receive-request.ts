// A request of a data subject comes in: by the app, at the desk or by letter.
import { randomId } from '../../../platform/ids.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { findPerson } from '../find-people.ts';
import type { Channel, DataRequest, Identity, Kind } from './request.ts';
import { addRequest, addStep, findLimit, loadCalendar, nextNumber } from './store.ts';
import { addWorkingDays, dayIn } from './working-days.ts';

export interface ReceiveRequest {
  readonly patientId: string;
  readonly kind: Kind;
  readonly details: string;
  readonly channel: Channel;
  readonly identity?: Identity;
}

/** Takes down a request with the days by which it must be answered and carried out. Tells `security.request-received`. */
export async function receiveRequest(work: Work, input: ReceiveRequest): Promise<DataRequest> {
  const { id: patient } = await findPerson(work, input.patientId);
  return work.transact(async (inside) => {
    const request = await newRequest(inside, { ...input, patientId: patient });
    await addRequest(inside.db, request);
    await addStep(inside.db, { request: request.id, at: inside.now, actor: inside.actor.id, name: inside.actor.name, step: 'receive' });
    tellAudit(inside, { kind: 'request', patients: [patient], detail: { request: request.number, kind: request.kind, act: 'receive' } });
    await inside.tell({ name: 'security.request-received', data: { request: request.id, kind: request.kind } });
    return request;
  });
}

async function newRequest({ db, now, actor }: Work, { patientId, kind, details, channel, identity }: ReceiveRequest): Promise<DataRequest> {
  const day = dayIn(now);
  const [{ answerDays, workDays }, calendar] = [await findLimit(db, kind, day), await loadCalendar(db)];
  return {
    id: randomId(), number: await nextNumber(db, day), patient: patientId, kind, details: details.trim(), channel, ...(identity === undefined ? {} : { identity }),
    state: 'received', receivedAt: now, receivedBy: { id: actor.id, name: actor.name },
    answerDue: addWorkingDays(day, answerDays, calendar), workDue: addWorkingDays(day, workDays, calendar),
  };
}
