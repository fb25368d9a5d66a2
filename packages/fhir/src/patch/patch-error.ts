/** A patch that cannot be applied; the resource it was meant for is untouched. */
export class PatchError extends Error {
  /** `malformed`: the patch itself is wrong (HTTP 400). `inapplicable`: this resource does not allow it (HTTP 422, R4 §3.1.0.7). */
  readonly kind: 'malformed' | 'inapplicable';
  /** FHIRPath of the element concerned, or of the operation in the request when it names none. */
  readonly expression: string | undefined;

  constructor(kind: 'malformed' | 'inapplicable', message: string, expression?: string) {
    super(message);
    this.name = 'PatchError';
    this.kind = kind;
    this.expression = expression;
  }
}
