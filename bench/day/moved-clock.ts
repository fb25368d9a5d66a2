// Preloaded into the server of a rehearsed day: its calendar is set by the bench over the channel between the two processes. Timers run on.
const realNow = Date.now;
let told = { at: 0, since: 0 };
let last = 0;

/** The instant told last, and what has passed since; never backwards. */
function movedNow(): number {
  last = Math.max(last, told.at === 0 ? realNow() : Math.floor(told.at) + realNow() - told.since);
  return last;
}

const RealDate = Date;
class MovedDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [movedNow()] : given) as [number]));
  }
  static override now(): number {
    return movedNow();
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && RealDate.prototype.isPrototypeOf(value);
  }
}
globalThis.Date = MovedDate as DateConstructor;

process.on('message', (message: { at?: number }) => {
  if (typeof message.at === 'number') told = { at: message.at, since: realNow() };
});
process.channel?.unref();
