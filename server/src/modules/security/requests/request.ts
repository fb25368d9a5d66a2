// A request of a data subject (Law 91/2025/QH15): its states, and what each step needs.
import { Refusal } from '../../../platform/refusal.ts';

export type Kind = 'see' | 'correct' | 'copy' | 'restrict' | 'delete' | 'withdraw' | 'object';
export type State = 'received' | 'answered' | 'in-work' | 'done' | 'refused' | 'cancelled';
export type Step = 'identify' | 'answer' | 'begin' | 'finish' | 'refuse';
export type Channel = 'app' | 'desk' | 'letter';
export type Identity = 'signed-in' | 'identity-card' | 'known-phone';
export type Reason = 'retention' | 'identity' | 'others-rights' | 'legal-duty' | 'no-basis';

export interface DataRequest {
  readonly id: string;
  readonly number: string;
  readonly patient: string;
  readonly kind: Kind;
  readonly details: string;
  readonly channel: Channel;
  readonly identity?: Identity;
  readonly state: State;
  /** ms since 1970. */
  readonly receivedAt: number;
  readonly receivedBy: { readonly id: string; readonly name: string };
  /** `yyyy-mm-dd`. */
  readonly answerDue: string;
  readonly workDue: string;
  readonly answeredAt?: number;
  readonly closedAt?: number;
  readonly reason?: Reason;
  readonly reply?: string;
  readonly result?: string;
  readonly copyUntil?: number;
  readonly copiedAt?: number;
}

export interface StepGiven {
  readonly step: Step;
  readonly identity?: Identity;
  readonly reason?: Reason;
  readonly reply?: string;
}

const before: Readonly<Record<Step, readonly State[]>> = {
  identify: ['received', 'answered', 'in-work'],
  answer: ['received'],
  begin: ['received', 'answered'],
  finish: ['in-work'],
  refuse: ['received', 'answered', 'in-work'],
};
const after: Readonly<Record<Step, State | undefined>> = { identify: undefined, answer: 'answered', begin: 'in-work', finish: 'done', refuse: 'refused' };

export function isOpen({ state }: Pick<DataRequest, 'state'>): boolean {
  return state === 'received' || state === 'answered' || state === 'in-work';
}

/** The state to which a step leads. Refuses steps out of order, work for somebody who was not recognised, and an end without words to the person. */
export function stateAfter(request: DataRequest, { step, identity, reason, reply }: StepGiven): State {
  if (!before[step].includes(request.state)) throw refuse('security.request-step', 'Bước này không theo đúng trình tự của yêu cầu.', 'This step does not follow from the state of the request.');
  if (step === 'identify' && identity === undefined) throw refuse('security.request-identity', 'Hãy ghi cách xác minh người yêu cầu.', 'Say how the person was recognised.');
  if ((step === 'begin' || step === 'finish') && request.identity === undefined) {
    throw refuse('security.request-identity', 'Phải xác minh người yêu cầu trước khi thực hiện.', 'The person must be recognised before the request is carried out.');
  }
  if ((step === 'refuse' || step === 'finish' || step === 'answer') && (reply ?? '').trim().length < 3) throw refuse('security.request-reply', 'Hãy viết lời trả lời cho người yêu cầu.', 'Write the reply to the person.');
  if (step === 'refuse' && reason === undefined) throw refuse('security.request-reason', 'Từ chối phải nêu căn cứ pháp luật.', 'A refusal must name its reason in law.');
  return after[step] ?? request.state;
}

/** What is due next, as `yyyy-mm-dd`; undefined when closed. */
export function nextDue(request: DataRequest): string | undefined {
  if (!isOpen(request)) return undefined;
  return request.state === 'received' && request.answeredAt === undefined ? request.answerDue : request.workDue;
}

/** Whether a copy may be fetched now. */
export function isCopyReady({ kind, state, copyUntil, copiedAt }: DataRequest, now: number): boolean {
  return kind === 'copy' && state === 'done' && copiedAt === undefined && copyUntil !== undefined && now < copyUntil;
}

function refuse(code: string, vi: string, en: string): Refusal {
  return new Refusal('rule', code, { vi, en });
}
