// Batches under way: a few at once, and never two with the same resource, so that the later one in the files wins.

export interface Flights {
  /** Starts work on resources as soon as there is room. Throws the first failure of an earlier flight. */
  start(keys: readonly string[], run: () => Promise<void>): Promise<void>;
  /** Waits for all; throws the first failure. */
  landed(): Promise<void>;
}

/** Opens room for so many batches at once. */
export function openFlights(atOnce: number): Flights {
  const flights = new Map<Promise<void>, ReadonlySet<string>>();
  let failure: { readonly error: unknown } | undefined;
  const rethrow = () => {
    if (failure) throw failure.error;
  };
  const start = async (keys: readonly string[], run: () => Promise<void>) => {
    while (flights.size >= atOnce) await Promise.race(flights.keys());
    if (keys.some((key) => [...flights.values()].some((others) => others.has(key)))) await Promise.all(flights.keys());
    rethrow();
    const flight: Promise<void> = run()
      .catch((error: unknown) => void (failure ??= { error }))
      .finally(() => flights.delete(flight));
    flights.set(flight, new Set(keys));
  };
  const landed = async () => {
    await Promise.all(flights.keys());
    rethrow();
  };
  return { start, landed };
}
