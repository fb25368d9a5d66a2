// What must hold in a policy, beyond its form.
import { permissions } from '@sen/contracts';
import { Check, Errors } from 'typebox/value';
import { hasElement, hasSearchParameter, isResourceType, resourceTypes } from '../fhir-types.ts';
import { PolicyDocument, type RolePolicy, type Rule } from './document.ts';
import { typesOf } from './types-of.ts';

/** Says, in English and one sentence each, what is wrong with a policy; nothing when it may come into force. */
export function policyFindings(document: unknown): string[] {
  if (!Check(PolicyDocument, document)) return [...Errors(PolicyDocument, document)].slice(0, 20).map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`);
  return [
    ...groupsHoldEachTypeOnce(document),
    ...Object.entries(document.roles).flatMap(([role, policy]) => roleFindings(document, policy).map((finding) => `${role}: ${finding}`)),
    ...everyPermissionIsGiven(document),
  ];
}

function groupsHoldEachTypeOnce({ groups }: PolicyDocument): string[] {
  const listed = Object.entries(groups).flatMap(([group, { types }]) => types.map((type) => ({ group, type })));
  const count = new Map<string, number>();
  for (const { type } of listed) count.set(type, (count.get(type) ?? 0) + 1);
  return [
    ...Object.keys(groups).filter(isResourceType).map((group) => `the group ${group} has the name of a type`),
    ...listed.filter(({ type }) => !isResourceType(type)).map(({ group, type }) => `${group}: ${type} is no R4 type`),
    ...resourceTypes.filter((type) => count.get(type) !== 1).map((type) => `${type} must stand in one group, not ${count.get(type) ?? 0}`),
  ];
}

function roleFindings(document: PolicyDocument, policy: RolePolicy): string[] {
  return [...policy.rules.flatMap((rule) => ruleFindings(document, rule)), ...hiddenFindings(document, policy), ...emergencyNeedsPermission(policy)];
}

function ruleFindings(document: PolicyDocument, { of, where = [] }: Rule): string[] {
  const unknown = of.filter((name) => !Object.hasOwn(document.groups, name) && !isResourceType(name));
  if (unknown.length > 0) return unknown.map((name) => `${name} is neither a group nor a type`);
  return typesOf(document, of).flatMap((type) => where.flatMap((criteria) => criteriaFindings(type, criteria)));
}

/** Plain criteria only: a chain or `_has` would look at other resources with no judgement of its own. */
function criteriaFindings(type: string, criteria: string): string[] {
  const pairs = [...new URLSearchParams(criteria)];
  if (pairs.length === 0) return [`"${criteria}" asks nothing`];
  return pairs.flatMap(([name, value]) => {
    const code = name.split(':')[0]!;
    const plain = value !== '' && hasSearchParameter(type, code) && !code.startsWith('_');
    return plain ? [] : [`${type}: "${criteria}" is no plain search by a parameter of the type`];
  });
}

function hiddenFindings(document: PolicyDocument, { hidden = {}, rules }: RolePolicy): string[] {
  return Object.entries(hidden).flatMap(([type, elements]) => {
    if (!isResourceType(type)) return [`hidden: ${type} is no R4 type`];
    const writes = rules.some(({ of, may }) => typesOf(document, of).includes(type) && may.some((each) => each === 'create' || each === 'update'));
    return [
      ...elements.filter((element) => !hasElement(type, element)).map((element) => `hidden: ${type} has no element ${element}`),
      // Whoever writes what was cut would cut it in the record.
      ...(writes ? [`${type} has hidden elements and may not be written`] : []),
    ];
  });
}

function emergencyNeedsPermission({ rules, permissions: given }: RolePolicy): string[] {
  const uses = rules.some(({ by }) => by.includes('emergency'));
  if (uses === given.includes('emergency.open')) return [];
  return [uses ? 'rules for an emergency need the permission emergency.open' : 'emergency.open needs a rule for an emergency'];
}

function everyPermissionIsGiven({ roles }: PolicyDocument): string[] {
  const given = new Set(Object.values(roles).flatMap((role) => role.permissions));
  return (Object.keys(permissions) as (keyof typeof permissions)[]).filter((permission) => !given.has(permission)).map((permission) => `nobody has the permission ${permission}`);
}
