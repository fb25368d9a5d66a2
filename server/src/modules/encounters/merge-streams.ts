// Several dated lists read as one, newest first, a page at a time, without reading more of any than the page needs. Pure but for the reads passed in.

export interface StreamPage<T> {
  readonly items: readonly T[];
  /** Place of the next page of this stream; absent at its end. */
  readonly next?: string;
}

export interface Stream<T> {
  readonly name: string;
  /** Reads a page of the stream, newest first, from a place (absent: from the start). */
  read(place: string | undefined): Promise<StreamPage<T>>;
}

/** How far each stream was shown: the place of its page and how many of that page were shown; `null` when it has ended. */
export type Progress = Readonly<Record<string, { readonly place?: string; readonly shown: number } | null>>;

interface Head<T> {
  readonly stream: Stream<T>;
  place: string | undefined;
  page: StreamPage<T>;
  shown: number;
}

/** Reads the next `limit` items of all streams together. `progress` is absent when all streams have ended. */
export async function mergeStreams<T extends { readonly when?: string }>(
  streams: readonly Stream<T>[],
  limit: number,
  from: Progress = {},
): Promise<{ items: T[]; progress?: Progress }> {
  const open = streams.filter((stream) => from[stream.name] !== null);
  const heads = await Promise.all(open.map((stream) => openHead(stream, from[stream.name] ?? undefined)));
  const items: T[] = [];
  while (items.length < limit) {
    const newest = newestHead(heads);
    if (newest === undefined) break;
    items.push(newest.page.items[newest.shown] as T);
    newest.shown += 1;
    await settle(newest);
  }
  const more = heads.some(hasMore);
  return more ? { items, progress: progressOf(streams, heads) } : { items };
}

async function openHead<T>(stream: Stream<T>, from: { place?: string; shown: number } | undefined): Promise<Head<T>> {
  const head: Head<T> = { stream, place: from?.place, page: await stream.read(from?.place), shown: from?.shown ?? 0 };
  await settle(head);
  return head;
}

/** Moves on to the stream's next page while the present one is used up. */
async function settle<T>(head: Head<T>): Promise<void> {
  while (head.shown >= head.page.items.length && head.page.next !== undefined) {
    head.place = head.page.next;
    head.page = await head.stream.read(head.place);
    head.shown = 0;
  }
}

function hasMore<T>(head: Head<T>): boolean {
  return head.shown < head.page.items.length;
}

function newestHead<T extends { readonly when?: string }>(heads: readonly Head<T>[]): Head<T> | undefined {
  let newest: Head<T> | undefined;
  for (const head of heads) {
    if (!hasMore(head)) continue;
    if (newest === undefined || instantOf(head) > instantOf(newest)) newest = head;
  }
  return newest;
}

function instantOf<T extends { readonly when?: string }>(head: Head<T>): number {
  const when = head.page.items[head.shown]?.when;
  const instant = when === undefined ? Number.NaN : Date.parse(when);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}

function progressOf<T>(streams: readonly Stream<T>[], heads: readonly Head<T>[]): Progress {
  const progress: Record<string, Progress[string]> = {};
  for (const stream of streams) {
    const head = heads.find((one) => one.stream === stream);
    if (head === undefined || !hasMore(head)) progress[stream.name] = null;
    else progress[stream.name] = head.place === undefined ? { shown: head.shown } : { place: head.place, shown: head.shown };
  }
  return progress;
}
