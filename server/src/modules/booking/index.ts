export { answerMenu, type Spoken } from './telephone/answer-menu.ts';
export type { MenuState } from './telephone/menu.ts';
export type { PhoneDesk } from './telephone/phone-desk.ts';
export { prompts } from './telephone/prompts.ts';
