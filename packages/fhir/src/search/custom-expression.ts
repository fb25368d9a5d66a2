// FHIRPath of a search parameter → our path language (path.ts): the part of FHIRPath that nearly all definitions keep to.
import { BeyondPaths, readTokens, TokenList } from './custom-tokens.ts';

interface Step {
  readonly name: string;
  filter?: string;
  type?: string;
  index?: string;
}

/** One way through the resource: `root` is the type it names at its head, undefined when it names none. */
interface Way {
  readonly root: string | undefined;
  readonly steps: readonly Step[];
  readonly target?: string;
  readonly existence?: boolean;
  readonly fromResource?: boolean;
}

/**
 * The paths of an expression that lead into resources of a type; empty when none does. Throws BeyondPaths for an expression that the path
 * language cannot say, and SyntaxError for one that holds what no FHIRPath does.
 */
export function translateExpression(expression: string, base: string): string[] {
  const tokens = new TokenList(readTokens(expression));
  const ways = readUnion(tokens, base);
  if (!tokens.atEnd()) throw new BeyondPaths(`"${tokens.rest()}" is not understood`);
  return [...new Set(ways.filter((way) => isAbout(way, base)).map(textOf))];
}

function isAbout({ root }: Way, base: string): boolean {
  return root === undefined || root === base || root === 'Resource' || root === 'DomainResource';
}

function textOf({ steps: all, target, existence, fromResource }: Way): string {
  const last = all.at(-1);
  // R4's own definitions end with `extension('url')` and mean its value (observation-genetic-…)
  const steps = last?.name === 'extension' && last.type === undefined ? [...all, { name: 'value' } as Step] : all;
  const body = steps.map(({ name, filter, type, index }) => `${name}${filter === undefined ? '' : `[${filter}]`}${type === undefined ? '' : `{${type}}`}${index === undefined ? '' : `#${index}`}`);
  return `${fromResource === true ? '^' : ''}${body.join('.')}${target === undefined ? '' : `?${target}`}${existence === true ? '!' : ''}`;
}

function readUnion(tokens: TokenList, base: string): Way[] {
  const ways = readCast(tokens, base);
  while (tokens.take('|')) ways.push(...readCast(tokens, base));
  return ways;
}

/** A path, perhaps followed by ` as Type`, or R4's only conjunction: `x.exists() and x != false`. */
function readCast(tokens: TokenList, base: string): Way[] {
  const ways = readPath(tokens, base);
  if (tokens.take('as')) return ways.map((way) => typed(way, tokens.name()));
  if (!tokens.take('and')) return ways;
  const again = readPath(tokens, base);
  const [way] = ways;
  if (way?.existence !== true || again.length !== 1 || !tokens.take('!=') || !tokens.take('false')) throw new BeyondPaths('"and" is not understood');
  if (textOf({ ...way, existence: false }) !== textOf(again[0] as Way)) throw new BeyondPaths('"and" is not understood');
  return ways;
}

function readPath(tokens: TokenList, base: string): Way[] {
  let ways = readHead(tokens, base);
  for (;;) {
    const index = tokens.take('[') ? tokens.number() : undefined;
    if (index !== undefined) {
      tokens.expect(']');
      ways = ways.map((way) => indexed(way, index));
      continue;
    }
    if (!tokens.take('.')) return ways;
    ways = readStep(tokens, ways);
  }
}

function readHead(tokens: TokenList, base: string): Way[] {
  if (tokens.take('(')) {
    const ways = readUnion(tokens, base);
    tokens.expect(')');
    return ways;
  }
  if (tokens.take('%resource') || tokens.take('%context')) return [{ root: undefined, steps: [], fromResource: true }];
  if (tokens.isCall()) return readStep(tokens, [{ root: undefined, steps: [] }]);
  const name = tokens.name();
  return /^[A-Z]/.test(name) ? [{ root: name, steps: [] }] : [{ root: undefined, steps: [{ name }] }];
}

function readStep(tokens: TokenList, ways: readonly Way[]): Way[] {
  const isCall = tokens.isCall();
  const name = tokens.name();
  if (!isCall) return ways.map((way) => open(way, { name }));
  tokens.expect('(');
  const after = readCall(tokens, name, ways);
  tokens.expect(')');
  return after;
}

function readCall(tokens: TokenList, name: string, ways: readonly Way[]): Way[] {
  switch (name) {
    case 'as': case 'ofType': {
      const type = tokens.name();
      return ways.map((way) => typed(way, type));
    }
    case 'extension': {
      const url = tokens.text();
      return ways.map((way) => open(way, { name: 'extension', filter: `url=${url}` })).map(checkFilter);
    }
    case 'where':
      return readWhere(tokens, ways).map(checkFilter);
    case 'exists':
      return ways.map((way) => closed({ ...way, existence: true }));
    default:
      throw new BeyondPaths(`the function ${name}() is not understood`);
  }
}

/** `resolve() is Type`, `name = 'text'`, `hasExtension('url')`. */
function readWhere(tokens: TokenList, ways: readonly Way[]): Way[] {
  const isCall = tokens.isCall();
  const name = tokens.name();
  if (!isCall) {
    if (!tokens.take('=')) throw new BeyondPaths('where() takes name = \'text\'');
    const filter = `${name}=${tokens.text()}`;
    return ways.map((way) => filtered(way, filter));
  }
  tokens.expect('(');
  const url = name === 'hasExtension' ? tokens.text() : undefined;
  tokens.expect(')');
  if (url !== undefined) return ways.map((way) => filtered(way, `extension=${url}`));
  if (name !== 'resolve' || !tokens.take('is')) throw new BeyondPaths(`where(${name}()) is not understood`);
  const target = tokens.name();
  return ways.map((way) => ({ ...way, target }));
}

function closed(way: Way): Way {
  if (way.steps.length === 0 || way.target !== undefined) throw new BeyondPaths('exists() stands alone');
  return way;
}

/** One step more; nothing may follow a target or the question whether something is there. */
function open(way: Way, step: Step): Way {
  if (way.target !== undefined || way.existence === true) throw new BeyondPaths('a path may not go on there');
  return { ...way, steps: [...way.steps, step] };
}

function typed(way: Way, type: string): Way {
  return last(way, (step) => {
    if (step.type !== undefined || step.index !== undefined) throw new BeyondPaths('a type stands before an index, and once');
    return { ...step, type: type === 'DateTime' ? 'dateTime' : type }; // R4 wrote `as DateTime` in places
  });
}

function filtered(way: Way, filter: string): Way {
  return last(way, (step) => {
    if (step.filter !== undefined || step.index !== undefined) throw new BeyondPaths('one condition for each step');
    return { ...step, filter };
  });
}

function indexed(way: Way, index: string): Way {
  return last(way, (step) => {
    if (step.index !== undefined || step.filter !== undefined) throw new BeyondPaths('an index stands alone');
    return { ...step, index };
  });
}

function last(way: Way, change: (step: Step) => Step): Way {
  const step = way.steps.at(-1);
  if (step === undefined || way.target !== undefined || way.existence === true) throw new BeyondPaths('an element is expected before it');
  return { ...way, steps: [...way.steps.slice(0, -1), change(step)] };
}

function checkFilter(way: Way): Way {
  if (way.steps.at(-1)?.filter?.includes(']') === true) throw new BeyondPaths('"]" in a condition');
  return way;
}
