// The language of `_filter` (R4 search_filter.html §3.1.3.1), read into a tree.
import { badFilter } from './refusals.ts';

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly inner: Expression }
  | Comparison;

export interface Comparison {
  readonly kind: 'comparison';
  readonly path: readonly PathStep[];
  readonly operator: Operator;
  readonly value: string;
  /** Where the comparison begins in the text, from 1; for messages. */
  readonly position: number;
}

/** `name`, `name:Type` or `name[filter]`. */
export interface PathStep {
  readonly name: string;
  /** The type a reference is followed to; beyond R4's grammar, for references that may point to any. */
  readonly type: string | undefined;
  readonly filter: Expression | undefined;
}

/** R4 search_filter.html §3.1.3.2. */
const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'lt', 'ge', 'le', 'ap', 'sa', 'eb', 'pr', 'po', 'ss', 'sb', 'in', 'ni', 're'] as const;
export type Operator = (typeof operators)[number];

/** Deeper nesting than any person writes would only cost the planner. */
const DEPTH_MAX = 32;
const COMPARISONS_MAX = 100;

const blanks = /\s*/y;
const nameShape = /[A-Za-z_][A-Za-z0-9_-]*/y;
const typeShape = /:([A-Z][A-Za-z]*)/y;
const wordShape = /[a-z]+(?![A-Za-z0-9_.[\]:-])/y;
const stringShape = /"(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"/uy;
const tokenShape = /[^\s\])]+/y;

/** Reads an expression; refuses (`record.bad-filter`) what the grammar does not know, and says where. */
export function readExpression(text: string): Expression {
  return new Reader(text).whole();
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #comparisons = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#at < this.#text.length) this.#fail('"and", "or" or the end');
    return expression;
  }

  /** From left to right, `and` and `or` alike (§3.1.3.1: no precedence). */
  #expression(): Expression {
    if (++this.#depth > DEPTH_MAX) this.#fail(`no more than ${DEPTH_MAX} levels of parentheses and brackets`);
    let left = this.#operand();
    for (let word = this.#connective(); word !== undefined; word = this.#connective()) left = { kind: word, left, right: this.#operand() };
    this.#depth--;
    return left;
  }

  #connective(): 'and' | 'or' | undefined {
    const start = this.#at;
    const word = this.#take(wordShape);
    if (word === 'and' || word === 'or') return word;
    this.#at = start;
    this.#take(blanks);
    return undefined;
  }

  #operand(): Expression {
    this.#take(blanks);
    if (this.#next('(')) return this.#closed(')');
    const start = this.#at;
    if (this.#take(wordShape) === 'not' && this.#takeBlanks() && this.#next('(')) return { kind: 'not', inner: this.#closed(')') };
    this.#at = start;
    return this.#comparison();
  }

  #closed(end: ')' | ']'): Expression {
    const inner = this.#expression();
    if (!this.#next(end)) this.#fail(`"${end}", "and" or "or"`);
    return inner;
  }

  #comparison(): Comparison {
    if (++this.#comparisons > COMPARISONS_MAX) this.#fail(`no more than ${COMPARISONS_MAX} comparisons`);
    const position = this.#at + 1;
    const path = [this.#step()];
    while (this.#nextHere('.')) path.push(this.#step());
    if (path.at(-1)?.filter !== undefined) this.#fail('"." and a name after "]"');
    const start = this.#at;
    const operator = this.#take(wordShape);
    if (!isOperator(operator)) {
      this.#at = start;
      this.#fail(`an operator (${operators.join(' ')})`);
    }
    return { kind: 'comparison', path, operator, value: this.#value(), position };
  }

  #step(): PathStep {
    const name = this.#takeHere(nameShape);
    if (name === undefined) this.#fail('the name of a search parameter');
    const type = this.#takeHere(typeShape)?.slice(1);
    return { name, type, filter: this.#nextHere('[') ? this.#closed(']') : undefined };
  }

  #value(): string {
    this.#take(blanks);
    if (this.#text[this.#at] !== '"') return this.#takeHere(tokenShape) ?? this.#fail('a value');
    const quoted = this.#takeHere(stringShape);
    return quoted === undefined ? this.#fail('a string in double quotes, closed and escaped as in JSON') : (JSON.parse(quoted) as string);
  }

  /** The next match after blanks. */
  #take(shape: RegExp): string | undefined {
    if (shape !== blanks) this.#takeHere(blanks);
    return this.#takeHere(shape);
  }

  #takeHere(shape: RegExp): string | undefined {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #takeBlanks(): true {
    this.#takeHere(blanks);
    return true;
  }

  #next(character: string): boolean {
    this.#takeHere(blanks);
    return this.#nextHere(character);
  }

  #nextHere(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #fail(expected: string): never {
    throw badFilter(this.#at + 1, expected);
  }
}

function isOperator(text: string | undefined): text is Operator {
  return (operators as readonly (string | undefined)[]).includes(text);
}
