import { Unsupported, type Expression } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

// Binary operators from the loosest to the tightest (N1 §Operator Precedence); `is` and `as` stand between `|` and `+`.
const levels: readonly (readonly string[])[] = [
  ['implies'], ['or', 'xor'], ['and'], ['in', 'contains'], ['=', '~', '!=', '!~'], ['<=', '<', '>', '>='], ['|'], ['is', 'as'], ['+', '-', '&'], ['*', '/', 'div', 'mod'],
];

/** Reads a FHIRPath expression; throws Unsupported for what it does not know. */
export function parseExpression(text: string): Expression {
  const reader: Reader = { tokens: tokensOf(text), at: 0 };
  const expression = readBinary(reader, 0);
  if (peek(reader).kind !== 'end') throw new Unsupported(`unexpected ${peek(reader).text}`);
  return expression;
}

function readBinary(reader: Reader, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return readSigned(reader);
  let left = readBinary(reader, level + 1);
  for (;;) {
    const { kind, text } = peek(reader);
    if ((kind !== 'symbol' && kind !== 'name') || !operators.includes(text)) return left;
    reader.at++;
    left = text === 'is' || text === 'as'
      ? { kind: 'type', operator: text, of: left, type: readTypeName(reader) }
      : { kind: 'binary', operator: text, left, right: readBinary(reader, level + 1) };
  }
}

function readSigned(reader: Reader): Expression {
  if (takes(reader, '-')) return { kind: 'sign', of: readSigned(reader) };
  if (takes(reader, '+')) return readSigned(reader);
  return readChain(reader);
}

/** A term and what follows it: `.member`, `.call()`, `[index]`. */
function readChain(reader: Reader): Expression {
  let chain = readTerm(reader);
  for (;;) {
    if (takes(reader, '.')) {
      chain = readInvocation(reader, chain);
    } else if (takes(reader, '[')) {
      chain = { kind: 'index', of: chain, at: readBinary(reader, 0) };
      expect(reader, ']');
    } else {
      return chain;
    }
  }
}

function readTerm(reader: Reader): Expression {
  const token = peek(reader);
  if (token.kind === 'name' || token.kind === 'quoted') return readNameTerm(reader, token);
  reader.at++;
  if (token.kind === 'string') return { kind: 'literal', value: token.text };
  if (token.kind === 'variable') return { kind: 'variable', name: token.text };
  if (token.kind === 'number') return readNumber(reader, token);
  if (token.text === '{') {
    expect(reader, '}');
    return { kind: 'empty' };
  }
  if (token.text !== '(') throw new Unsupported(`unexpected ${token.text}`);
  const inner = readBinary(reader, 0);
  expect(reader, ')');
  return inner;
}

function readNumber(reader: Reader, token: Token): Expression {
  // `4 days`, `5 'mg'`: quantities are the library's.
  if (peek(reader).kind === 'string' || /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/.test(peek(reader).text)) throw new Unsupported('quantity');
  return { kind: 'literal', value: Number(token.text) };
}

function readNameTerm(reader: Reader, token: Token): Expression {
  if (token.kind === 'name' && token.text.startsWith('$')) {
    if (token.text !== '$this') throw new Unsupported(token.text);
    reader.at++;
    return { kind: 'this' };
  }
  if (token.kind === 'name' && (token.text === 'true' || token.text === 'false')) {
    reader.at++;
    return { kind: 'literal', value: token.text === 'true' };
  }
  return readInvocation(reader, undefined);
}

function readInvocation(reader: Reader, of: Expression | undefined): Expression {
  const { kind, text } = next(reader);
  if (kind !== 'name' && kind !== 'quoted') throw new Unsupported(`unexpected ${text}`);
  if (kind !== 'name' || !takes(reader, '(')) return { kind: 'member', of, name: text };
  const args: Expression[] = [];
  if (takes(reader, ')')) return { kind: 'call', of, name: text, args };
  do args.push(readBinary(reader, 0));
  while (takes(reader, ','));
  expect(reader, ')');
  return { kind: 'call', of, name: text, args };
}

function readTypeName(reader: Reader): string {
  let name = next(reader).text;
  while (takes(reader, '.')) name += `.${next(reader).text}`;
  return name;
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.at] as Token;
}

function next(reader: Reader): Token {
  const token = peek(reader);
  if (token.kind !== 'end') reader.at++;
  return token;
}

function takes(reader: Reader, symbol: string): boolean {
  const { kind, text } = peek(reader);
  if (kind !== 'symbol' || text !== symbol) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, symbol: string): void {
  if (!takes(reader, symbol)) throw new Unsupported(`${symbol} expected`);
}
