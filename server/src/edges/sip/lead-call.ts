// One answered call led through the menu: plays what the menu says, gathers the keys it asks for, comes back with them.
import type { RtpStream } from './open-rtp-stream.ts';

export interface MenuStep {
  readonly call: string;
  readonly event: 'start' | 'digits' | 'hang-up';
  readonly from?: string;
  readonly digits?: string;
}

export interface MenuAnswer {
  readonly say: readonly string[];
  readonly next: 'ask' | 'transfer' | 'hang-up';
  readonly ask?: { readonly most: number; readonly endOn: '#'; readonly waitMs: number; readonly betweenMs: number };
  readonly transferTo?: string;
}

export interface CallLeader {
  /** The menu (modules/booking/telephone); the same that a switchboard drives over HTTP. */
  step(step: MenuStep): Promise<MenuAnswer>;
  /** The sound of prompts, in µ-law of 8 kHz, one after the other. */
  sound(keys: readonly string[]): Buffer;
}

export interface LedCall {
  press(key: string): void;
  hungUp(): void;
}

export interface CallEnds {
  /** The menu is over: transfer to whom it says, or hang up. */
  readonly end: (transferTo: string | undefined) => void;
  readonly fault: (error: unknown) => void;
}

interface Led extends CallEnds {
  readonly leader: CallLeader;
  readonly call: string;
  readonly stream: RtpStream;
  asked: MenuAnswer['ask'];
  digits: string;
  timer: NodeJS.Timeout | undefined;
  busy: boolean;
  over: boolean;
}

/** Leads a call from its first words. */
export function leadCall(leader: CallLeader, call: string, from: string | undefined, stream: RtpStream, ends: CallEnds): LedCall {
  const led: Led = { ...ends, leader, call, stream, asked: undefined, digits: '', timer: undefined, busy: true, over: false };
  go(led, { call, event: 'start', ...(from === undefined ? {} : { from }) });
  return {
    press: (key) => press(led, key),
    hungUp: () => {
      if (led.over) return;
      led.over = true;
      clearTimeout(led.timer);
      leader.step({ call, event: 'hang-up' }).catch(led.fault);
    },
  };
}

function go(led: Led, step: MenuStep): void {
  led.busy = true;
  led.leader.step(step).then((answer) => say(led, answer), (error: unknown) => {
    if (!led.over) led.fault(error);
  });
}

function say(led: Led, answer: MenuAnswer): void {
  if (led.over) return;
  led.busy = false;
  led.digits = '';
  led.asked = answer.next === 'ask' ? answer.ask : undefined;
  led.stream.play(led.leader.sound(answer.say), () => {
    if (led.over) return;
    if (led.asked === undefined) led.end(answer.next === 'transfer' ? answer.transferTo : undefined);
    else if (led.digits === '') wait(led, led.asked.waitMs);
  });
}

function wait(led: Led, ms: number): void {
  clearTimeout(led.timer);
  led.timer = setTimeout(() => answerWithDigits(led), ms);
}

function answerWithDigits(led: Led): void {
  clearTimeout(led.timer);
  if (led.asked === undefined || led.busy || led.over) return;
  led.stream.hush();
  go(led, { call: led.call, event: 'digits', digits: led.digits });
}

function press(led: Led, key: string): void {
  const { asked } = led;
  if (asked === undefined || led.busy || led.over) return; // pressed while we look something up: not meant for what comes next
  led.stream.hush(); // who knows the menu need not hear it
  // `#` ends an entry; alone it means "back" and goes to the menu as it is, like `*` (again).
  if (key !== asked.endOn || led.digits === '') led.digits += key;
  if (key === asked.endOn || key === '*' || led.digits.length >= asked.most) answerWithDigits(led);
  else wait(led, asked.betweenMs);
}
