// For whom one looks: the family of the person signed in, and the one chosen of it.
import type { FamilyMember } from '@sen/contracts';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { MyDay } from './my-day.ts';

interface Family {
  readonly day: MyDay;
  readonly person: FamilyMember | undefined;
  choose(patientId: string): void;
}

const FamilyContext = createContext<Family | undefined>(undefined);

export function FamilyProvider({ day, children }: { day: MyDay; children: ReactNode }) {
  const [chosen, setChosen] = useState<string>();
  const family = useMemo<Family>(() => {
    const person = day.people.find(({ patientId }) => patientId === (chosen ?? mostUrgent(day))) ?? day.people[0];
    return { day, person, choose: setChosen };
  }, [day, chosen]);
  return <FamilyContext value={family}>{children}</FamilyContext>;
}

/** Whoever is in the hospital now, else whoever has the next appointment. */
function mostUrgent(day: MyDay): string | undefined {
  const here = day.visits.find(({ state }) => state === 'called') ?? day.visits.find(({ state }) => state !== 'done' && state !== 'left');
  return here?.patientId ?? day.coming[0]?.patientId;
}

export function useFamily(): Family {
  const family = use(FamilyContext);
  if (family === undefined) throw new Error('outside of FamilyProvider');
  return family;
}
