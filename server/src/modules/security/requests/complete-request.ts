// What a step of a request does: a copy is made ready, a correction goes to the records office, a restriction or a withdrawal takes effect.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { storeResource } from '../ask-record.ts';
import { giveConsent, type GiveConsent } from '../consent/give-consent.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import { correctionTask } from './correction-task.ts';
import type { DataRequest, Step } from './request.ts';

export interface Completion {
  readonly step: Step;
  readonly restriction?: Pick<GiveConsent, 'recipient' | 'category'>;
  readonly consents?: readonly string[];
}

const copyDays = 7;

/** Carries out what the step asks for; gives what the request keeps of it. */
export async function completeRequest(work: Work, request: DataRequest, completion: Completion): Promise<Partial<DataRequest>> {
  const { kind } = request;
  if (completion.step === 'begin' && kind === 'correct') return { result: `Task/${await storeTask(work, request)}` };
  if (completion.step !== 'finish') return {};
  if (kind === 'copy') return { copyUntil: work.now + copyDays * 86_400_000 };
  if (kind === 'restrict' || kind === 'object') return { result: `Consent/${await restrict(work, request, completion)}` };
  if (kind === 'withdraw') await withdrawAll(work, request, completion);
  return {};
}

async function storeTask(work: Work, request: DataRequest): Promise<string> {
  const [id = ''] = await storeResource.ask(asHouse(work), correctionTask(request));
  return id;
}

async function restrict(work: Work, { patient, number }: DataRequest, { restriction }: Completion): Promise<string> {
  if (restriction === undefined) throw refuse('security.request-result', 'Hãy chọn hạn chế ai, phần nào của hồ sơ.', 'Choose who is kept from which part of the record.');
  const paper = { place: number, signedOn: new Date(work.now + 7 * 3_600_000).toISOString().slice(0, 10) };
  return (await giveConsent(work, { ...restriction, patientId: patient, effect: 'restrict', paper })).id;
}

async function withdrawAll(work: Work, { patient }: DataRequest, { consents = [] }: Completion): Promise<void> {
  if (consents.length === 0) throw refuse('security.request-result', 'Hãy chọn những sự đồng ý được rút lại.', 'Choose the consents that are withdrawn.');
  for (const consent of consents) await withdrawConsent(work, consent, [patient]);
}

function refuse(code: string, vi: string, en: string): Refusal {
  return new Refusal('rule', code, { vi, en });
}
