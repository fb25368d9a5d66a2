// The words of a FHIRPath expression (N1 §Lexical Elements).
import { Unsupported } from './syntax.ts';

export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'variable' | 'symbol' | 'end';
  readonly text: string;
}

const pattern = /\s+|\/\*[^]*?\*\/|\/\/[^\n]*|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*|\$this|\$index|\$total)|`((?:[^`\\]|\\.)*)`|'((?:[^'\\]|\\.)*)'|%(?:([A-Za-z_][\w-]*)|`([^`]*)`)|(<=|>=|!=|!~|[-+*/&|=~<>.,()[\]{}])/y;

/** Splits an expression into tokens, `end` last; throws Unsupported for what it cannot read (dates, quantities, errors). */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < expression.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(expression);
    if (found === null) throw new Unsupported(`FHIRPath at ${at}`);
    const token = tokenOf(found);
    if (token !== undefined) tokens.push(token);
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function tokenOf([, number, name, quoted, text, variable, quotedVariable, symbol]: RegExpExecArray): Token | undefined {
  if (number !== undefined) return { kind: 'number', text: number };
  if (name !== undefined) return { kind: 'name', text: name };
  if (quoted !== undefined) return { kind: 'quoted', text: unescape(quoted) };
  if (text !== undefined) return { kind: 'string', text: unescape(text) };
  if (variable !== undefined || quotedVariable !== undefined) return { kind: 'variable', text: (variable ?? quotedVariable) as string };
  return symbol === undefined ? undefined : { kind: 'symbol', text: symbol };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/gs, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
