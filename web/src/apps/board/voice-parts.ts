// A call as recorded parts: "Mời số" A 0 0 4 2 "đến phòng" 2 0 5. A part for the whole place (`noi-<room>`) goes before its spelling.
import type { BoardRoom } from '@sen/contracts';

/** The parts in the order in which they are said; undefined when one of them was not recorded: half a call is worse than a chime. */
export function partsOf(ticket: string, room: Pick<BoardRoom, 'id' | 'name' | 'short'>, recorded: ReadonlySet<string>): string[] | undefined {
  const whole = `noi-${room.id}`;
  const place = recorded.has(whole) ? [whole] : [room.name.startsWith('Phòng') ? 'den-phong' : 'den-quay', ...spelled(room.short)];
  const parts = ['moi-so', ...spelled(ticket), ...place];
  return parts.every((part) => recorded.has(part)) ? parts : undefined;
}

/** Letters and digits one by one, as they stand on the paper and on the door. */
function spelled(text: string): string[] {
  return text.normalize('NFD').toLowerCase().replaceAll('đ', 'd').split('').filter((sign) => /[a-z0-9]/.test(sign));
}
