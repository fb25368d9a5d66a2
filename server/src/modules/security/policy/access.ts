// What an actor may do, as the policy in force says it: pure data, made once for an actor and asked for each type.
import type { Permission } from '@sen/contracts';

/** How a type may be used. `search` covers reads too; `history` is of past and deleted versions. */
export type Interaction = 'read' | 'history' | 'create' | 'update' | 'delete';

/**
 * How the actor stands to the patient a resource is about.
 * any: no relation asked (also resources about no patient) · own: the patient is the actor, or one the actor acts for ·
 * care: cares for the patient personally, or in a ward, queue or order list of the actor's · department: the patient is one of the actor's department, or
 * one for whom the actor has ordered something ·
 * emergency: the actor has opened this record in an emergency · consent: the patient has permitted it.
 */
export type Relation = 'any' | 'own' | 'care' | 'department' | 'emergency' | 'consent';

/** One way to be allowed: rows that meet all of it. */
export interface RowRule {
  readonly relation: Relation;
  /**
   * Bits (marks.ts) that such a row may carry; a row with any other is not seen by this way. Without the bit
   * `consented` it is bound by what consents say; -1: every row, whatever they say.
   */
  readonly marks: number;
  /** FHIR search criteria, such as `category=laboratory`: a row must meet one of them; none: every row. */
  readonly criteria: readonly string[];
}

export interface Access {
  /** The house itself: everything, without a condition. */
  readonly unlimited: boolean;
  /** Ways to be allowed, any of them; none: nothing of the type. */
  rules(type: string, interaction: Interaction): readonly RowRule[];
  /**
   * What an app's grant (SMART scopes) leaves of it, beside the rules: 'all', 'none', or criteria of which a row must meet one.
   * With a launch patient the row must also be about that patient (`grantPatient`).
   */
  granted(type: string, interaction: Interaction | 'search'): 'all' | 'none' | readonly string[];
  /** Id of the only patient that the grant speaks of for this type and interaction (for any, when none is named); undefined: any patient. */
  grantPatient(type: string, interaction?: Interaction | 'search'): string | undefined;
  /** Elements of the type that the actor never sees, such as `telecom`; `text` and `contained` with them. */
  hidden(type: string): readonly string[];
  permits(permission: Permission): boolean;
}
