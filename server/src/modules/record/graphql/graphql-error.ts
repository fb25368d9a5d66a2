import type { FieldNode, SelectionNode } from 'graphql';

/** What is wrong with one part of a query; goes into `errors` with its place in the text and in the answer. */
export class GraphqlError extends Error {
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly path: readonly (string | number)[];
  /** Stops the whole query: a limit was passed. */
  readonly fatal: boolean;
  constructor(message: string, node: FieldNode | SelectionNode | undefined, path: readonly (string | number)[], fatal = false) {
    super(message);
    this.name = 'GraphqlError';
    this.locations = node?.loc === undefined ? [] : [{ line: node.loc.startToken.line, column: node.loc.startToken.column }];
    this.path = path;
    this.fatal = fatal;
  }
}
