// Reference parameters (R4 search §3.1.1.4.12).
import { codeTerm, elementsOf, keyOf, isResourceType, parsePath, parseReference, patientParameter, placeOf, referenceTerm, resourceTypes, searchParametersOf, structureBelow, systemCodeTerm, systemTerm, typeTerm, uriTerm, type SearchParameter } from '@sen/fhir';
import { badModifier, badValue } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
import { hasToken, type ParameterFilter, type Scope } from './scope.ts';
import { indexOfPipe } from './token.ts';

export function referenceCondition(scope: Scope, filter: ParameterFilter): string {
  const { modifier } = filter;
  if (modifier === 'identifier') return identifierCondition(scope, filter);
  if (modifier !== undefined && !isResourceType(modifier)) throw badModifier(filter.name, modifier);
  const targets = modifier === undefined ? targetsOf(scope.type, filter.parameter) : [modifier];
  return pointsTo(scope, filter, filter.values.map((value) => readTarget(scope, filter, unescape(value), targets)));
}

function pointsTo(scope: Scope, { owner, parameter }: ParameterFilter, refs: readonly Target[]): string {
  if (isPatientLink(scope.type, parameter)) {
    const patients = refs.map((r) => (r.ids.length === 1 && r.ids[0]?.type === 'Patient' ? r.ids[0].id : undefined));
    // `<> 0` is what the index on patient holds: without it a plan for all values could not use the index
    if (patients.length === 1) scope.hints.selective = 'patient';
    if (patients.every((id) => id !== undefined)) return `(${anyOf(patients.map((id) => `${scope.alias}.patient = ${scope.parameters.bigint(keyOf(id))}`))} and ${scope.alias}.patient <> 0)`;
  }
  const terms = refs.flatMap((r) => [...r.ids.map((x) => referenceTerm(x.type, x.id)), ...(r.uri === undefined ? [] : [uriTerm(r.uri)])]);
  return hasToken(scope, parameter.paths.flatMap((path) => terms.map((term) => term ^ placeOf(owner, path, 'reference'))));
}

/** `subject:identifier=system|value`: the identifier written in the reference itself (Reference.identifier). */
function identifierCondition(scope: Scope, { owner, parameter, values }: ParameterFilter): string {
  const terms = values.map((value) => {
    const cut = indexOfPipe(value);
    const code = unescape(value.slice(cut + 1));
    if (cut < 0) return codeTerm(code);
    const system = unescape(value.slice(0, cut));
    return code === '' ? systemTerm(system) : systemCodeTerm(system, code);
  });
  return hasToken(scope, parameter.paths.flatMap((path) => terms.map((term) => term ^ placeOf(owner, path, 'identifier'))));
}

export interface Target {
  readonly ids: readonly { type: string; id: string }[];
  readonly uri: string | undefined;
}

/** Reads `Type/id`, an id (of any of the types) or a URL; refuses anything else. `patient=Group/1` points to nothing: the place is that of all subjects. */
export function readTarget(scope: Scope, filter: ParameterFilter, value: string, targets: readonly string[]): Target {
  const local = scope.base !== undefined && value.startsWith(`${scope.base}/`) ? value.slice(scope.base.length + 1) : value;
  const literal = parseReference(local);
  if (literal !== undefined && literal.base === undefined) return { ids: [{ type: literal.type, id: literal.id }].filter(({ type }) => targets.length === 0 || targets[0] === '*' || targets.includes(type)), uri: undefined };
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(local)) return { ids: [], uri: local };
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(local)) throw badValue(filter.name, 'a reference: Type/id, id or a URL');
  return { ids: (targets[0] === '*' ? resourceTypes : targets).map((type) => ({ type, id: local })), uri: undefined };
}

/** The types a reference parameter may point to: those of the definition, or the one its path asks for. */
export function targetsOf(type: string, parameter: SearchParameter): readonly string[] {
  const asked = parameter.evaluate === undefined ? parameter.paths.map((p) => parsePath(p).target) : [undefined];
  if (asked.every((t) => t !== undefined)) return [...new Set(asked)] as string[];
  return parameter.code === 'patient' && type !== 'Patient' ? ['Patient'] : parameter.targets;
}

/** True when the parameter is the one whose patient stands in the column `patient`. */
export function isPatientLink(type: string, parameter: SearchParameter): boolean {
  const main = patientParameter(type);
  const mainParameter = main === undefined ? undefined : searchParametersOf(type).get(main);
  return mainParameter !== undefined && bare(mainParameter) === bare(parameter) && namesOne(type, mainParameter);
}

const singular = new Map<string, boolean>();

// The column has room for one patient: the members of a Group are found by their tokens.
function namesOne(type: string, { code, paths }: SearchParameter): boolean {
  const name = `${type}.${code}`;
  let one = singular.get(name);
  if (one === undefined) {
    one = paths.length === 1 && !repeats(type, paths[0] as string);
    singular.set(name, one);
  }
  return one;
}

function repeats(type: string, path: string): boolean {
  let structure: string | undefined = type;
  for (const step of parsePath(path).steps) {
    const [element] = structure === undefined ? [] : elementsOf(structure, step);
    if (element === undefined || element.many) return true;
    structure = structureBelow(element);
  }
  return false;
}

/** The paths without the type they ask for: `subject` and `subject?Patient` hold the same references. */
function bare(parameter: SearchParameter): string {
  return parameter.paths.join(';').replace(/\?\w+/g, '');
}

/** The place to look for references of a parameter to one type, to be XORed with a key. */
export function linkPlaces(owner: string, parameter: SearchParameter, target: string): bigint[] {
  return parameter.paths.map((path) => placeOf(owner, path, 'reference') ^ typeTerm(target));
}
