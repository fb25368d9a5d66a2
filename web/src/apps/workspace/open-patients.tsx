// The charts open as tabs, kept for this account in this browser tab only: a shared machine must not remember patients.
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keep, readKept } from '../../lib/kept.ts';

const mostOpen = 8;

interface OpenPatients {
  /** Ids in the order of their tabs. */
  readonly ids: readonly string[];
  open(id: string): void;
  close(id: string): void;
}

const OpenContext = createContext<OpenPatients>({ ids: [], open: () => undefined, close: () => undefined });

function keyOf(accountId: string): string {
  return `sen.open-patients.${accountId}`;
}

export function forgetOpenPatients(accountId: string): void {
  keep(sessionStorage, keyOf(accountId), []);
}

export function OpenPatientsProvider({ accountId, children }: { accountId: string; children: ReactNode }) {
  const [ids, setIds] = useState<readonly string[]>(() => readKept<string[]>(sessionStorage, keyOf(accountId), []));
  useEffect(() => keep(sessionStorage, keyOf(accountId), ids), [accountId, ids]);
  // The oldest tab gives way to a ninth: more could no longer be told apart.
  const open = useCallback((id: string) => setIds((before) => (before.includes(id) ? before : [...before, id].slice(-mostOpen))), []);
  const close = useCallback((id: string) => setIds((before) => before.filter((one) => one !== id)), []);
  const value = useMemo(() => ({ ids, open, close }), [ids, open, close]);
  return <OpenContext value={value}>{children}</OpenContext>;
}

export function useOpenPatients(): OpenPatients {
  return use(OpenContext);
}
