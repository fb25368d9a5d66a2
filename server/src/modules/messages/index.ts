// The front door of messages.
export { repliedEvent, type Replied } from './events.ts';
export { sendMessage, type OutgoingMessage } from './send-message.ts';
export { declareTemplate, type Template } from './template.ts';
export { withdrawMessages } from './withdraw-messages.ts';
export { mobileOf } from './address.ts';
export type { MessageData } from './wording.ts';
