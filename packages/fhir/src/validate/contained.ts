// Contained resources (R4 §2.26.4, domainresource.html dom-2 to dom-5): part of their container, so without a life of their own.
import { isNode, descendantsOf, nodeOf, type Item } from './invariants/nodes.ts';
import { locate, report, type Findings } from './findings.ts';

type Json = Readonly<Record<string, unknown>>;

/** dom-4 and dom-5: a contained resource has no version, time of change or security labels of its own. */
export function reportContainedMeta(meta: unknown, findings: Findings): void {
  if (typeof meta !== 'object' || meta === null) return;
  for (const name of ['versionId', 'lastUpdated'] as const) {
    if (name in meta) report(findings, 'invariant', `dom-4: a contained resource must not have a meta.${name}`, `meta.${name}`);
  }
  if ('security' in meta) report(findings, 'invariant', 'dom-5: a contained resource must not have security labels: those of its container hold', 'meta.security');
}

/** dom-3: each contained resource is referred to from the container, or itself refers to the container. Ids of contained resources differ. */
export function checkContainedResources(container: Json, findings: Findings): void {
  const contained = container['contained'] as readonly Json[];
  const references = new Set<string>();
  collectLocal(container, references);
  const targets = contained.every(({ id }) => references.has(`#${String(id)}`)) ? references : new Set(localTargets(nodeOf(container, 'Resource')));
  const seen = new Set<unknown>();
  contained.forEach((resource, i) => {
    const before = findings.issues.length;
    const id = resource['id'];
    if (seen.has(id)) report(findings, 'invariant', 'the id of a contained resource must be unique in its container', 'id');
    seen.add(id);
    if (!targets.has(`#${String(id)}`) && !localTargets(nodeOf(resource, 'Resource')).includes('#')) {
      report(findings, 'invariant', 'dom-3: a contained resource must be referred to from elsewhere in the resource, or refer to it');
    }
    locate(findings, before, `contained[${i}]`);
  });
}

/** The local references of a resource, found by name: nearly always that settles dom-3, and types need not be known. */
function collectLocal(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const name in value) {
    const item = (value as Json)[name];
    if (typeof item === 'object') collectLocal(item, found);
    if (name === 'reference' && typeof item === 'string' && item.startsWith('#')) found.add(item);
  }
}

const linking = new Set(['canonical', 'uri', 'url']);

function localTargets(node: Item): string[] {
  return descendantsOf(node).flatMap((item) => {
    if (!isNode(item)) return [];
    const target = item.type === 'Reference' ? (item.value as Json | undefined)?.['reference'] : linking.has(item.type) ? item.value : undefined;
    return typeof target === 'string' && target.startsWith('#') ? [target] : [];
  });
}
