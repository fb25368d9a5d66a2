// What the hospital chose about times: set once at start, from the settings.
import type { Settings } from '../../platform/config.ts';

export interface Hours {
  readonly holdMinutes: number;
  readonly offerMinutes: number;
  readonly arriveMinutes: number;
  /** Minutes since midnight of the day before; undefined: no reminder then. */
  readonly remindAtMinute: number | undefined;
  /** 0: no second reminder. */
  readonly remindHours: number;
  /** 0: whoever has not come is a no-show when the session ends. */
  readonly missedMinutes: number;
}

let chosen: Hours = { holdMinutes: 5, offerMinutes: 30, arriveMinutes: 15, remindAtMinute: 18 * 60 + 30, remindHours: 2, missedMinutes: 0 };

export function setHours(settings: Settings): void {
  const [hour, minute] = settings.bookingRemindAt.split(':').map(Number);
  chosen = {
    holdMinutes: settings.bookingHoldMinutes, offerMinutes: settings.bookingOfferMinutes, arriveMinutes: settings.bookingArriveMinutes,
    remindAtMinute: hour === undefined || minute === undefined ? undefined : hour * 60 + minute, remindHours: settings.bookingRemindHours, missedMinutes: settings.bookingMissedMinutes,
  };
}

export function hours(): Hours {
  return chosen;
}
