// The ways out of the house that started last: answers to questions are given a work, not a house.
import type { Settings } from '../../platform/config.ts';
import { openChannels, type Channels } from './channels/open-channels.ts';

interface Held {
  readonly channels: Channels;
  readonly settings: Settings;
}

let held: Held | undefined;

export function holdMeans(settings: Settings): Held {
  return (held = { settings, channels: openChannels(settings) });
}

export function meansNow(): Held | undefined {
  return held;
}

export function releaseMeans(): void {
  for (const channel of held?.channels.values() ?? []) channel.close?.();
  held = undefined;
}
