// The words of a FHIRPath expression (FHIRPath N1 §2 and its grammar).
const word = /\s+|(%?[A-Za-z_]\w*|`[^`]+`|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|!=|>=|<=|!~|[.()[\]|=,<>~+\-*/&{}@%])/y;

/** The expression says more than the path language does; what it says may be right. */
export class BeyondPaths extends Error {}

/** Splits an expression into words. Throws SyntaxError where it holds something that is none. */
export function readTokens(expression: string): string[] {
  const tokens: string[] = [];
  word.lastIndex = 0;
  for (let at = 0; at < expression.length; at = word.lastIndex) {
    const match = word.exec(expression);
    if (match === null) throw new SyntaxError(`nothing of FHIRPath begins at character ${at + 1}`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

/** Words read one by one. */
export class TokenList {
  private at = 0;
  private readonly tokens: readonly string[];
  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** What is left, shortened, for messages. */
  rest(): string {
    return this.tokens.slice(this.at).join(' ').slice(0, 60);
  }

  /** Takes the next word when it is this one. */
  take(wanted: string): boolean {
    if (this.tokens[this.at] !== wanted) return false;
    this.at++;
    return true;
  }

  expect(wanted: string): void {
    if (!this.take(wanted)) throw this.unexpected(`"${wanted}"`);
  }

  /** A name with `(` behind it. */
  isCall(): boolean {
    return /^[A-Za-z_]/.test(this.tokens[this.at] ?? '') && this.tokens[this.at + 1] === '(';
  }

  name(): string {
    const token = this.tokens[this.at] ?? '';
    if (!/^[A-Za-z_`]/.test(token)) throw this.unexpected('a name');
    this.at++;
    return token.replace(/`/g, '');
  }

  number(): string {
    const token = this.tokens[this.at] ?? '';
    if (!/^\d+$/.test(token)) throw this.unexpected('a whole number');
    this.at++;
    return token;
  }

  text(): string {
    const token = this.tokens[this.at] ?? '';
    if (!token.startsWith("'")) throw this.unexpected('a text in quotes');
    this.at++;
    return token.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  private unexpected(wanted: string): BeyondPaths {
    return new BeyondPaths(`${wanted} is expected ${this.atEnd() ? 'at the end' : `before "${this.rest()}"`}`);
  }
}
