// What every way out has in common.
import type { MessageChannel } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import type { Outcome } from '../outcome.ts';
import type { MessageData, RenderedMessage } from '../wording.ts';
import type { Language } from '../../../platform/i18n.ts';

export interface Letter {
  /** Of the message; the same at every attempt. */
  readonly id: string;
  readonly template: string;
  /** A mobile number (`84912345678`), an e-mail address, or for push the patient. */
  readonly to: string;
  readonly words: RenderedMessage;
  readonly data: MessageData;
  readonly language: Language;
  readonly zaloTemplate?: string;
  /** Groups what is about one thing, such as an appointment: a later push takes the place of an earlier one. */
  readonly about?: string;
  readonly expiresAt: number;
}

export interface Channel {
  readonly channel: MessageChannel;
  /** Names the provider in attempts and lists. */
  readonly adapter: string;
  readonly perSecond: number;
  /** The provider takes the same message twice as one, or a second one does not trouble anybody. */
  readonly idempotent: boolean;
  send(work: Work, letter: Letter): Promise<Outcome>;
  close?(): void;
}
