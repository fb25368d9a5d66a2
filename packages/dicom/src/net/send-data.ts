// A dataset into values of presentation data: filled up to the length the other side takes, nothing joined (PS3.8 2024e, annex E).

/** Sends one value; a promise when the connection wants a pause. */
export type SendValue = (last: boolean, parts: readonly Uint8Array[], length: number) => Promise<void> | undefined;

/** `longest` is of one value and even. A value is kept back until it is known whether it is the last. */
export async function sendInValues(data: Uint8Array | AsyncIterable<Uint8Array>, longest: number, send: SendValue): Promise<void> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = async (slice: Uint8Array) => {
    for (let at = 0; at < slice.length; ) {
      if (length === longest) {
        const pause = send(false, parts, length);
        parts = [];
        length = 0;
        if (pause !== undefined) await pause;
      }
      const end = Math.min(slice.length, at + longest - length);
      parts.push(at === 0 && end === slice.length ? slice : slice.subarray(at, end));
      length += end - at;
      at = end;
    }
  };
  if (data instanceof Uint8Array) await add(data);
  else for await (const slice of data) await add(slice);
  await send(true, parts, length);
}
