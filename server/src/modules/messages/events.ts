// Events that messages tells.
import type { Answer } from './reply-words.ts';

/** `messages.replied`: a person has answered a message. Whoever sent it acts on it; safe to hear twice. */
export interface Replied {
  readonly message: string;
  readonly template: string;
  readonly about: { readonly kind: string; readonly id: string };
  readonly answer: Answer;
}

export const repliedEvent = 'messages.replied';
