import { systemActor } from '../../../platform/actors.ts';
import type { Actor } from '../../../platform/work.ts';
import type { Access } from './access.ts';
import { ruleKey, type RoleAccess } from './compiled-policy.ts';
import { grantAccess } from './grant-access.ts';
import { policyInForce, type PolicyInForce } from './policy-in-force.ts';

const all: Pick<Access, 'granted' | 'grantPatient' | 'permits'> = { granted: () => 'all', grantPatient: () => undefined, permits: () => true };
const nothing: readonly never[] = Object.freeze([]);
const everything: Access = { ...all, unlimited: true, rules: () => nothing, hidden: () => nothing };
const noAccess: Access = { unlimited: false, rules: () => nothing, granted: () => 'none', grantPatient: () => undefined, hidden: () => nothing, permits: () => false };

/** An actor lives as long as its session is remembered: what it may do is worked out once (and again when the policy changes). */
const remembered = new WeakMap<Actor, { readonly by: PolicyInForce; readonly access: Access }>();

/** Gives what an actor may do under the policy in force; nothing before a policy has been read, unless the actor is the house itself. */
export function accessOf(actor: Actor): Access {
  // The very object: an actor that only looks like the house is not the house.
  if (actor === systemActor) return everything;
  const by = policyInForce();
  if (by === undefined) return noAccess;
  const known = remembered.get(actor);
  if (known?.by === by) return known.access;
  const access = workOut(actor, by.policy.of(actor.roles));
  remembered.set(actor, { by, access });
  return access;
}

function workOut(actor: Actor, roles: RoleAccess): Access {
  const grant = actor.grant === undefined ? all : grantAccess(actor.grant);
  return {
    unlimited: false,
    rules: (type, interaction) => roles.rules.get(ruleKey(type, interaction)) ?? nothing,
    granted: grant.granted,
    grantPatient: grant.grantPatient,
    hidden: (type) => roles.hidden.get(type) ?? nothing,
    permits: (permission) => roles.permissions.has(permission) && grant.permits(permission),
  };
}
