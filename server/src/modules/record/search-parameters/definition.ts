// What a SearchParameter resource says (R4 searchparameter.html), and what is wrong with it.
import { BadParameter, builtInParametersOf, compileParameter, isResourceType, resourceTypes, translateExpression, type CustomDefinition, type ParameterType, type Resource } from '@sen/fhir';
import { badSearchParameter, codeOfStandard } from './refusals.ts';

/** A definition as the store keeps it, one for each base. */
export interface KeptDefinition extends CustomDefinition {
  readonly base: string;
  /** Id of the resource that defines it. */
  readonly id: string;
}

/** Tells the type of a component from the canonical of its definition; undefined when it is not known here. */
export type TypeOfComponent = (definition: string, base: string) => ParameterType | undefined;

const standardUrl = 'http://hl7.org/fhir/SearchParameter/';

/** Tells whether a base stands for all types. */
export function isAbstract(base: string): boolean {
  return base === 'Resource' || base === 'DomainResource';
}

/** The concrete types that bases stand for. */
export function typesOfBases(bases: readonly string[]): readonly string[] {
  return bases.some(isAbstract) ? resourceTypes : [...new Set(bases)];
}

/** Only an active definition is used (R4 PublicationStatus): a draft may be unfinished. */
export function isInForce(resource: Resource): boolean {
  return resource['status'] === 'active';
}

/**
 * The definitions that an active SearchParameter makes; none for what R4 itself says in the same way, as packages of profiles repeat it. Refuses
 * (422) what cannot be indexed, and (409) a code of R4 with another meaning.
 */
export async function definitionsOf(resource: Resource, typeOf: TypeOfComponent): Promise<KeptDefinition[]> {
  const kept: KeptDefinition[] = [];
  for (const base of textsOf(resource['base'])) {
    const definition = definitionFor(resource, base, typeOf);
    if (definition === undefined) continue;
    try {
      await compileParameter(definition, base);
    } catch (error) {
      if (error instanceof BadParameter) throw badSearchParameter(error.element, error.message);
      throw error;
    }
    kept.push({ ...definition, base, id: String(resource.id) });
  }
  return kept;
}

function definitionFor(resource: Resource, base: string, typeOf: TypeOfComponent): CustomDefinition | undefined {
  if (!isAbstract(base) && !isResourceType(base)) throw badSearchParameter('SearchParameter.base', `"${base.slice(0, 64)}" is no resource type of FHIR R4.`);
  const code = String(resource['code']);
  const expression = resource['expression'];
  const url = String(resource['url']);
  if (typeof expression !== 'string' || expression.trim() === '') {
    if (url.startsWith(standardUrl)) return undefined; // R4 describes some of its parameters in words alone: _content, _query …
    throw badSearchParameter('SearchParameter.expression', 'An active search parameter needs an expression: without one there is nothing to index.');
  }
  if (isAsStandard(resource, base, code, expression)) return undefined;
  if (!/^[A-Za-z][\w-]{0,63}$/.test(code)) throw badSearchParameter('SearchParameter.code', 'The code must begin with a letter and hold letters, digits, "-" and "_" only, 64 characters at most.');
  return {
    url, code, expression, type: resource['type'] as ParameterType,
    targets: targetsOf(resource),
    components: listOf(resource['component']).map((component, index) => componentOf(component, index, base, typeOf)),
  };
}

/** True when R4 has the parameter and means the same by it; refuses another meaning. */
function isAsStandard(resource: Resource, base: string, code: string, expression: string): boolean {
  const taken = typesOfBases([base]).filter((type) => builtInParametersOf(type).has(code));
  const [first] = taken;
  if (first === undefined) return false;
  const standard = builtInParametersOf(first).get(code);
  const common = isAbstract(base) ? taken.length === resourceTypes.length : true;
  if (common && standard?.type === resource['type'] && samePaths(standard?.paths ?? [], expression, first)) return true;
  throw codeOfStandard(taken.slice(0, 5).join(', '), code);
}

/** Compares where the paths lead; `subject` and `subject.where(resolve() is Patient)` lead to the same references. */
function samePaths(paths: readonly string[], expression: string, type: string): boolean {
  const bare = (all: readonly string[]): string => all.map((path) => path.replace(/\?\w+/, '')).sort().join(';');
  try {
    return bare(paths) === bare(translateExpression(expression, type));
  } catch {
    return false;
  }
}

function targetsOf(resource: Resource): string[] {
  const targets = textsOf(resource['target']);
  if (resource['type'] !== 'reference') return [];
  return targets.length === 0 || targets.includes('Resource') || targets.length >= resourceTypes.length ? ['*'] : targets;
}

function componentOf(component: Record<string, unknown>, index: number, base: string, typeOf: TypeOfComponent): CustomDefinition['components'][number] {
  const definition = String(component['definition']);
  const type = typeOf(definition, base);
  if (type === undefined) throw badSearchParameter(`SearchParameter.component[${index}].definition`, `The search parameter "${definition.slice(0, 200)}" is not known here.`);
  return { type, expression: String(component['expression']) };
}

/** The type of a parameter of R4 by its canonical, which ends in the type (or a group of types) and the code: `…/Observation-code`. */
export function typeOfStandard(definition: string, base: string): ParameterType | undefined {
  const [, owner = '', code = ''] = /\/SearchParameter\/([A-Za-z]+)-([^/|]+)(?:\|.*)?$/s.exec(definition) ?? [];
  if (!definition.startsWith(standardUrl)) return undefined;
  return builtInParametersOf(isResourceType(owner) ? owner : base).get(code)?.type;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
