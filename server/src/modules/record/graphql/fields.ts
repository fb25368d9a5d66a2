// Selections of a GraphQL query: fields by the name they get in the answer, fragments taken apart, @skip and @include obeyed (GraphQL 2021 §6.3.2).
import { valueFromASTUntyped, type ArgumentNode, type DirectiveNode, type FieldNode, type FragmentDefinitionNode, type SelectionNode } from 'graphql';
import { GraphqlError } from './graphql-error.ts';

export interface Document {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Fields of selection sets, by the kind of object. */
  readonly gathered: WeakMap<readonly SelectionNode[], Map<string, readonly Field[]>>;
}

export interface Field {
  readonly node: FieldNode;
  readonly name: string;
  /** Name in the answer. */
  readonly key: string;
  readonly arguments: ReadonlyMap<string, unknown>;
  readonly selections: readonly SelectionNode[];
}

/** The fields of a selection set for an object of one of the named types, each answer name once. Gathered once a query for each kind of object. */
export function fieldsOf(document: Document, selections: readonly SelectionNode[], typeNames: readonly string[]): readonly Field[] {
  const known = document.gathered.get(selections) ?? new Map<string, readonly Field[]>();
  document.gathered.set(selections, known);
  const kind = typeNames.join(' ');
  const found = known.get(kind) ?? gathered(document, selections, typeNames);
  known.set(kind, found);
  return found;
}

function gathered(document: Document, selections: readonly SelectionNode[], typeNames: readonly string[]): readonly Field[] {
  const fields = new Map<string, Field>();
  gather(document, selections, typeNames, fields, new Set());
  return [...fields.values()];
}

// A fragment counts once in a selection set (GraphQL 2021 §6.3.2, visitedFragments): twice would be the same, and thirty that spread each other twice never end.
function gather(document: Document, selections: readonly SelectionNode[], types: readonly string[], fields: Map<string, Field>, entered: Set<string>): void {
  for (const node of selections) {
    if (!isWanted(document, node)) continue;
    if (node.kind === 'Field') addField(document, node, fields);
    else if (node.kind === 'InlineFragment') {
      if (node.typeCondition === undefined || types.includes(node.typeCondition.name.value)) gather(document, node.selectionSet.selections, types, fields, entered);
    } else if (!entered.has(node.name.value)) {
      const fragment = document.fragments.get(node.name.value);
      if (fragment === undefined) throw new GraphqlError(`The fragment "${node.name.value}" is not defined.`, node, []);
      entered.add(node.name.value);
      if (types.includes(fragment.typeCondition.name.value)) gather(document, fragment.selectionSet.selections, types, fields, entered);
    }
  }
}

function addField(document: Document, node: FieldNode, fields: Map<string, Field>): void {
  const name = node.name.value;
  const key = node.alias?.value ?? name;
  const selections = node.selectionSet?.selections ?? [];
  const known = fields.get(key);
  if (known !== undefined && known.name !== name) throw new GraphqlError(`"${key}" stands for both "${known.name}" and "${name}"; give one an alias.`, node, []);
  fields.set(key, known === undefined ? { node, name, key, arguments: argumentsOf(document, node.arguments ?? []), selections } : { ...known, selections: [...known.selections, ...selections] });
}

/** The values of arguments, variables put in; an argument whose variable has no value is left out. */
export function argumentsOf(document: Document, nodes: readonly ArgumentNode[]): Map<string, unknown> {
  const values = nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, document.variables)] as const);
  return new Map(values.filter(([, value]) => value !== undefined && value !== null));
}

/** The directive of a name on a field. */
export function directiveOf(node: FieldNode, name: string): DirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

const directives = new Set(['skip', 'include', 'flatten', 'first', 'singleton', 'slice']);

function isWanted(document: Document, node: SelectionNode): boolean {
  for (const directive of node.directives ?? []) {
    const name = directive.name.value;
    if (!directives.has(name)) throw new GraphqlError(`The directive @${name} is not known; ${[...directives].map((one) => `@${one}`).join(', ')} are.`, node, []);
    const condition = argumentsOf(document, directive.arguments ?? []).get('if');
    if (name === 'skip' && condition === true) return false;
    if (name === 'include' && condition !== true) return false;
  }
  return true;
}
