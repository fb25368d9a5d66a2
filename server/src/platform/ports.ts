// Ask up: a question declared by a lower module and answered by a module above it. Few, each with a decision record.
import type { ModuleManifest } from './module.ts';
import type { Work } from './work.ts';

export interface Question<Q, A> {
  /** `<module>.<question>`, such as `inpatient.discharge-hold`. */
  readonly name: string;
  /** Asks every module that answers, in the order of the house; without any, gives the default alone. */
  ask(work: Work, question: Q): Promise<A[]>;
  /** Types an answer for a manifest: `answers: { ...dischargeHold.answeredBy(holdForBill) }`. */
  answeredBy(answer: (work: Work, question: Q) => Promise<A>): Record<string, (work: Work, question: unknown) => Promise<unknown>>;
}

type Answer = (work: Work, question: unknown) => Promise<unknown>;
const connected = new Map<string, Answer[]>();
const declared = new Set<string>();

/** Declares a question with the answer that holds while no module above gives one. */
export function declareQuestion<Q, A>(name: string, unanswered: (question: Q) => A): Question<Q, A> {
  if (declared.has(name)) throw new Error(`the question ${name} is declared twice`);
  declared.add(name);
  return {
    name,
    ask: async (work, question) => {
      const answers = connected.get(name) ?? [];
      if (answers.length === 0) return [unanswered(question)];
      const given: A[] = [];
      for (const answer of answers) given.push((await answer(work, question)) as A); // one after the other: they may share a transaction
      return given;
    },
    answeredBy: (answer) => ({ [name]: (work, question) => answer(work, question as Q) }),
  };
}

/** Connects the answers of all modules at start, in place of those connected before; refuses an answer to a question nobody declared. */
export function connectAnswers(manifests: readonly Pick<ModuleManifest, 'name' | 'answers'>[]): void {
  connected.clear();
  for (const { name: module, answers = {} } of manifests) {
    for (const [name, answer] of Object.entries(answers)) {
      if (!declared.has(name)) throw new Error(`${module} answers ${name}, which no module declares`);
      connected.set(name, [...(connected.get(name) ?? []), answer]);
    }
  }
}
