// A search parameter that the house has defined (R4 SearchParameter), judged and compiled for the types it is about.
import { resourceTypes, type Element } from '../structure/structure.ts';
import { translateExpression } from './custom-expression.ts';
import { compileEvaluation, evaluatedPath } from './custom-evaluate.ts';
import { BeyondPaths } from './custom-tokens.ts';
import type { ParameterType, SearchParameter } from './parameters.ts';
import { elementsOf, leafTypesOf, parsePath, structureBelow } from './path.ts';

export interface CustomDefinition {
  readonly url: string;
  readonly code: string;
  readonly type: ParameterType;
  readonly expression: string;
  readonly targets: readonly string[];
  readonly components: readonly { readonly type: ParameterType; readonly expression: string }[];
}

/** What is wrong with a definition. The message is English and ready to be shown. */
export class BadParameter extends Error {
  /** The element concerned: `SearchParameter.expression`. */
  readonly element: string;
  constructor(element: string, message: string) {
    super(message);
    this.element = element;
  }
}

/** FHIR types that each type of parameter is made of (R4 search §3.1.1.4.5 to §3.1.1.4.13). */
const covered: Readonly<Record<ParameterType, readonly string[]>> = {
  token: ['Coding', 'CodeableConcept', 'Identifier', 'ContactPoint', 'boolean', 'code', 'string', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'markdown'],
  string: ['HumanName', 'Address', 'string', 'markdown', 'code', 'id', 'uri'],
  reference: ['Reference', 'canonical', 'uri', 'url', 'Resource'],
  date: ['date', 'dateTime', 'instant', 'Period', 'Timing'],
  number: ['integer', 'positiveInt', 'unsignedInt', 'decimal'],
  quantity: ['Quantity', 'Age', 'Duration', 'Count', 'Distance', 'Money', 'SimpleQuantity', 'Range', 'SampledData'],
  uri: ['uri', 'url', 'canonical', 'oid', 'uuid'],
  composite: [],
  special: [],
};

/** Compiles a definition for a base: the parameter of each concrete type it gives. Throws BadParameter. */
export async function compileParameter(definition: CustomDefinition, base: string): Promise<Map<string, SearchParameter>> {
  if (definition.type === 'special') throw new BadParameter('SearchParameter.type', 'A parameter of type "special" needs code of its own; this server cannot make one from a definition.');
  const types = base === 'Resource' || base === 'DomainResource' ? resourceTypes : [base];
  const compiled = new Map<string, SearchParameter>();
  let first: unknown;
  for (const type of types) {
    try {
      compiled.set(type, await compileFor(definition, type));
    } catch (error) {
      if (!(error instanceof BadParameter)) throw error;
      first ??= error;
    }
  }
  if (compiled.size === 0) throw first;
  return compiled;
}

async function compileFor(definition: CustomDefinition, type: string): Promise<SearchParameter> {
  const { code, url, targets } = definition;
  const head = { code, type: definition.type, definition: url, targets };
  try {
    const paths = translated('SearchParameter.expression', definition.expression, type);
    if (definition.type === 'composite') return { ...head, paths, components: componentsOf(definition, type, paths) };
    for (const path of paths) checkPath('SearchParameter.expression', definition.type, type, path);
    return { ...head, paths, components: [] };
  } catch (error) {
    if (!(error instanceof BeyondPaths)) throw error;
    return { ...head, ...(await evaluatedOf(definition, type, error)), components: [] };
  }
}

async function evaluatedOf({ type: kind, expression }: CustomDefinition, type: string, beyond: BeyondPaths): Promise<Pick<SearchParameter, 'paths' | 'evaluate'>> {
  if (kind === 'composite') throw new BadParameter('SearchParameter.component.expression', `The expressions of a composite must be paths: ${beyond.message}.`);
  try {
    return { paths: [evaluatedPath(expression)], evaluate: await compileEvaluation(expression, type) };
  } catch (error) {
    throw new BadParameter('SearchParameter.expression', `The expression is no FHIRPath, or cannot be evaluated: ${(error as Error).message.slice(0, 200).trim()}.`);
  }
}

function translated(element: string, expression: string, type: string): string[] {
  const paths = parts(element, expression, type);
  if (paths.length === 0) throw new BadParameter(element, `No part of the expression is about ${type}.`);
  if (paths.some((path) => !indexIsSure(type, path))) throw new BeyondPaths('an index over several elements');
  return paths;
}

function parts(element: string, expression: string, type: string): string[] {
  try {
    return translateExpression(expression, type);
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadParameter(element, `The expression is no FHIRPath: ${error.message}.`);
    throw error;
  }
}

/** `a.b[0]` is the first b of all a; our walk would take the first b of each. */
function indexIsSure(type: string, path: string): boolean {
  let structure: string | undefined = type;
  let many = false;
  for (const step of parsePath(path).steps) {
    if (step.index !== undefined && many) return false;
    const element: Element | undefined = structure === undefined ? undefined : elementsOf(structure, step)[0];
    many ||= element?.many === true && step.index === undefined;
    structure = element === undefined ? undefined : structureBelow(element);
  }
  return true;
}

function checkPath(element: string, kind: ParameterType, structure: string, path: string): void {
  const types = leafTypesOf(structure, path);
  const shown = path.replace(/\[url=[^\][]*\]/g, '');
  if (types.length === 0) throw new BadParameter(element, `${structure} has no element "${shown.slice(0, 80)}" in FHIR R4.`);
  if (kind === 'token' && parsePath(path).existence) return;
  if (types.some((type) => covered[kind].includes(type))) return;
  throw new BadParameter(element, `A parameter of type ${kind} cannot index ${types.slice(0, 5).join(', ')} ("${shown.slice(0, 80)}"); it takes ${covered[kind].join(', ')}.`);
}

function componentsOf({ components }: CustomDefinition, type: string, contexts: readonly string[]): SearchParameter['components'] {
  if (components.length < 2) throw new BadParameter('SearchParameter.component', 'A composite needs two components at least.');
  return components.map(({ type: kind, expression }, index) => {
    const element = `SearchParameter.component[${index}]`;
    if (index === 0 && kind !== 'token') throw new BadParameter(element, 'The first component of a composite must be a token here.');
    if (!['token', 'string', 'date', 'number', 'quantity'].includes(kind)) throw new BadParameter(element, `A component of type ${kind} is not supported.`);
    const paths = parts(`${element}.expression`, expression, type);
    for (const path of paths) for (const context of contexts) checkPath(`${element}.expression`, kind, structureAt(path.startsWith('^') ? '' : context, type), path);
    return { type: kind, paths };
  });
}

/** The structure in which the components of a context stand. */
function structureAt(context: string, type: string): string {
  let structure = type;
  for (const step of context === '' ? [] : parsePath(context).steps) {
    const [element] = elementsOf(structure, step);
    const below = element === undefined ? undefined : structureBelow(element);
    if (below === undefined) throw new BadParameter('SearchParameter.expression', `${type} has no element "${context.slice(0, 80)}" that components could stand in.`);
    structure = below;
  }
  return structure;
}
