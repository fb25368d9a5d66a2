import { setTimeout as pause } from 'node:timers/promises';
import { asRefusal } from '../edges/http/known-errors.ts';

const pauseMs = 500;
const attempts = 60;

/** Does a step of the start, again while the database is lost: it may fall after it was ready and before the start is over. */
export async function outlastLoss<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (attempt === attempts || asRefusal(error)?.code !== 'platform.database-gone') throw error;
      await pause(pauseMs);
    }
  }
}
