// FHIRPath N1 (2.0.0) as a tree: what the constraints of FHIR use of it. Anything else is left to the library.

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'this' }
  | { readonly kind: 'variable'; readonly name: string }
  /** A member of `of`, or of the focus when `of` is absent. */
  | { readonly kind: 'member'; readonly of: Expression | undefined; readonly name: string }
  | { readonly kind: 'call'; readonly of: Expression | undefined; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'sign'; readonly of: Expression }
  | { readonly kind: 'type'; readonly operator: 'is' | 'as'; readonly of: Expression; readonly type: string }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** Thrown for FHIRPath that this compiler does not speak; the library then judges the constraint. */
export class Unsupported extends Error {}
