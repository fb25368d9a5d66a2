// Computing that a client's text decides: it may never end (`repeat($this & 'a')`, `matches('^(a+)+$')`), and nothing else would run meanwhile.
import { createContext, Script, type Context } from 'node:vm';

/** The computation did not end in its time. */
export class TooLong extends Error {}

let context: (Context & { compute?: (() => unknown) | undefined }) | undefined;
let script: Script | undefined;

/** Runs a synchronous computation and ends it after some milliseconds, whatever it does. Throws TooLong. Costs some 0.1 ms. */
export function runBounded<Value>(compute: () => Value, timeoutMs: number): Value {
  context ??= createContext({});
  script ??= new Script('compute()');
  context.compute = compute;
  try {
    return script.runInContext(context, { timeout: timeoutMs }) as Value;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TooLong();
    throw error;
  } finally {
    context.compute = undefined;
  }
}

/**
 * Puts a bound on an expression that is evaluated again and again, where it may take long at all. One that once took too long is never tried again,
 * since it would on the next resource. Throws TooLong.
 */
export function watched<Given extends unknown[], Value>(expression: string, evaluate: (...given: Given) => Value, timeoutMs: number): (...given: Given) => Value {
  if (!mayTakeLong(expression)) return evaluate;
  let givenUp = false;
  return (...given) => {
    if (givenUp) throw new TooLong();
    try {
      return runBounded(() => evaluate(...given), timeoutMs);
    } catch (error) {
      givenUp = error instanceof TooLong;
      throw error;
    }
  };
}

/** Tells whether an expression has what can take for ever, or for a power of what it is given; others need no bound. Names in backticks may be spelt in any way. */
export function mayTakeLong(expression: string): boolean {
  return /`|\b(?:repeat|aggregate|matches\w*|replaceMatches|descendants)\b/.test(expression);
}
