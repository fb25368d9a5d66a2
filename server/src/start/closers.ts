// What must be closed, in the reverse order of opening, whatever fails on the way.

export interface Closers {
  /** Remembers how to close what was just opened. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything, last opened first; a failure is told and does not keep the others open. Safe to call twice. */
  closeAll(): Promise<void>;
}

export function newClosers(tell: (name: string, error: unknown) => void): Closers {
  const open: { name: string; close: () => Promise<void> | void }[] = [];
  let closing: Promise<void> | undefined;
  const closeEach = async () => {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      try {
        await next.close();
      } catch (error) {
        tell(next.name, error);
      }
    }
  };
  return {
    add: (name, close) => void open.push({ name, close }),
    closeAll: () => (closing ??= closeEach().finally(() => (closing = undefined))),
  };
}
