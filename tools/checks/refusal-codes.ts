// Reads every refusal out of the source: its code, category and both texts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './check.ts';
import { filesBelow, isProductSource } from './source-files.ts';

export interface FoundRefusal {
  readonly code: string;
  readonly category: string;
  readonly vi: string;
  readonly en: string;
  /** `path:line`. */
  readonly place: string;
}

export interface RefusalScan {
  readonly refusals: readonly FoundRefusal[];
  /** Places where a refusal is made in a way that cannot be read. */
  readonly unreadable: readonly string[];
}

const codeForm = /^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

/** Every refusal of the server, in the order of the files. */
export function scanRefusals(): RefusalScan {
  const scans = filesBelow(root, (path) => isProductSource(path) && path.startsWith('server/')).map((path) =>
    scanSource(path, readFileSync(join(root, path), 'utf8')),
  );
  return { refusals: scans.flatMap((scan) => scan.refusals), unreadable: scans.flatMap((scan) => scan.unreadable) };
}

/** The refusals of one file: calls that carry a category, a code and a text in both languages. */
export function scanSource(path: string, text: string): RefusalScan {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const refusals: FoundRefusal[] = [];
  const unreadable: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const place = `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const found = readCall(node, source).map((refusal) => ({ ...refusal, place }));
      refusals.push(...found);
      if (found.length === 0 && isUnreadable(node)) unreadable.push(place);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { refusals, unreadable };
}

type Call = ts.CallExpression | ts.NewExpression;

function readCall(call: Call, source: ts.SourceFile): Omit<FoundRefusal, 'place'>[] {
  const args = [...(call.arguments ?? [])];
  const at = args.findIndex((arg) => literals(arg).length > 0 && literals(arg).every((text) => codeForm.test(text)));
  const text = args.slice(at + 1).map((arg) => readText(arg, source)).find((found) => found !== undefined) ?? readPair(call, args.slice(at + 1));
  if (at === -1 || text === undefined) return [];
  const category = at > 0 ? literals(args[at - 1]).join(' or ') : '';
  return literals(args[at]).map((code) => ({ code, category, ...text }));
}

// A file that makes several of one category may have its own `refuse(code, vi, en)`.
function readPair(call: Call, [vi, en]: readonly ts.Expression[]): { vi: string; en: string } | undefined {
  const pair = { vi: wordsOf(vi), en: wordsOf(en) };
  return call.expression.getText().startsWith('refus') && pair.vi !== undefined && pair.en !== undefined ? { vi: pair.vi, en: pair.en } : undefined;
}

// A refusal made anew from another's parts (code is a variable) is that other's; anything else must be readable.
function isUnreadable(call: Call): boolean {
  if (!ts.isNewExpression(call) || call.expression.getText() !== 'Refusal') return false;
  const code = call.arguments?.[1];
  return code === undefined || !(ts.isIdentifier(code) || ts.isPropertyAccessExpression(code));
}

function literals(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  return ts.isParenthesizedExpression(node) ? literals(node.expression) : [];
}

function readText(node: ts.Expression, source: ts.SourceFile): { vi: string; en: string } | undefined {
  const object = ts.isObjectLiteralExpression(node) ? node : constantOf(node, source);
  const vi = object && wordsOf(property(object, 'vi'));
  const en = object && wordsOf(property(object, 'en'));
  return vi !== undefined && en !== undefined ? { vi, en } : undefined;
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((entry) => entry.name?.getText() === name);
  if (found && ts.isShorthandPropertyAssignment(found)) return found.name; // said by the caller, case by case
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** Words as they are shown; what is filled in at run time is an ellipsis. */
function wordsOf(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  if (ts.isParenthesizedExpression(node)) return wordsOf(node.expression);
  if (ts.isConditionalExpression(node)) return `${wordsOf(node.whenTrue)} / ${wordsOf(node.whenFalse)}`;
  if (ts.isBinaryExpression(node)) return `${wordsOf(node.left) ?? '…'}${wordsOf(node.right) ?? '…'}`;
  return '…';
}

/** `texts.diskFull` or `diskFull`, where `const texts = { diskFull: {…} }` or `const diskFull = {…}` stands anywhere in the same file. */
function constantOf(node: ts.Expression, source: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  const [name, key] = node.getText().split('.');
  const find = (inside: ts.Node): ts.ObjectLiteralExpression | undefined => {
    const own = ts.isVariableDeclaration(inside) && inside.name.getText() === name ? asObject(inside.initializer) : undefined;
    return own ?? ts.forEachChild(inside, find);
  };
  const object = find(source);
  return object === undefined || key === undefined ? object : asObject(property(object, key));
}

function asObject(node: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (node === undefined) return undefined;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return asObject(node.expression);
  return ts.isObjectLiteralExpression(node) ? node : undefined;
}
