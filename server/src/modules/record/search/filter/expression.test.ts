import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../platform/refusal.ts';
import { readExpression, type Expression, type PathStep } from './expression.ts';

/** The tree in short, every operation in parentheses. */
function told(expression: Expression): string {
  if (expression.kind === 'comparison') return `${expression.path.map(stepTold).join('.')} ${expression.operator} <${expression.value}>`;
  if (expression.kind === 'not') return `not(${told(expression.inner)})`;
  return `(${told(expression.left)} ${expression.kind} ${told(expression.right)})`;
}
const stepTold = ({ name, type, filter }: PathStep): string => `${name}${type === undefined ? '' : `:${type}`}${filter === undefined ? '' : `[${told(filter)}]`}`;
const read = (text: string): string => told(readExpression(text));

function refused(text: string): string {
  try {
    readExpression(text);
  } catch (error) {
    if (error instanceof Refusal) return error.text.en;
    throw error;
  }
  return 'taken';
}

describe('R4 search_filter.html §3.1.3.1: the grammar', () => {
  it('reads the examples of the specification', () => {
    expect(read('name co "pet"')).toBe('name co <pet>');
    expect(read('given eq "peter" and birthdate ge 2014-10-10')).toBe('(given eq <peter> and birthdate ge <2014-10-10>)');
    expect(read('code eq http://loinc.org|1234-5')).toBe('code eq <http://loinc.org|1234-5>');
    expect(read('subject.name co "pet"')).toBe('subject.name co <pet>');
    expect(read('related[type eq "has-component"].target pr true')).toBe('related[type eq <has-component>].target pr <true>');
    expect(read('related[type eq has-component].target re Observation/4')).toBe('related[type eq <has-component>].target re <Observation/4>');
  });

  it('groups from left to right, without precedence, and by parentheses', () => {
    expect(read('a eq 1 or b eq 2 and c eq 3')).toBe('((a eq <1> or b eq <2>) and c eq <3>)');
    expect(read('a eq 1 or (b eq 2 and c eq 3)')).toBe('(a eq <1> or (b eq <2> and c eq <3>))');
    expect(read('not (a eq 1) and not(b eq 2)')).toBe('(not(a eq <1>) and not(b eq <2>))');
    expect(read('  ( ( a eq 1 ) )  ')).toBe('a eq <1>');
  });

  it('takes strings as JSON writes them, and in tokens all but blanks, "]" and ")"', () => {
    expect(read('name eq "a \\"b\\" \\u00e9)]"')).toBe('name eq <a "b" é)]>');
    expect(read('(code eq loinc|a,b$c)')).toBe('code eq <loinc|a,b$c>');
    expect(read('name eq and')).toBe('name eq <and>');
  });

  it('tells names from the words not, and, or', () => {
    expect(read('not eq 1')).toBe('not eq <1>');
    expect(read('and eq 1 and or eq 2')).toBe('(and eq <1> and or eq <2>)');
    expect(read('subject:Patient.name co "x"')).toBe('subject:Patient.name co <x>');
  });

  it('says where it does not understand, and what it expected there', () => {
    expect(refused('')).toBe('_filter: at character 1, expected the name of a search parameter.');
    expect(refused('name')).toContain('at character 5, expected an operator (eq ne');
    expect(refused('name is "x"')).toContain('at character 5, expected an operator');
    expect(refused('name eq')).toBe('_filter: at character 8, expected a value.');
    expect(refused('name eq "x')).toContain('at character 9, expected a string in double quotes');
    expect(refused('(name eq x')).toBe('_filter: at character 11, expected ")", "and" or "or".');
    expect(refused('name eq x gender eq y')).toContain('at character 11, expected "and", "or" or the end');
    expect(refused('name eq x)')).toContain('at character 10');
    expect(refused('subject[gender eq male] eq x')).toContain('at character 24, expected "." and a name');
    expect(refused('not name eq x')).toContain('expected an operator');
  });

  it('refuses what is too deep or too long', () => {
    expect(refused(`${'('.repeat(40)}a eq 1${')'.repeat(40)}`)).toContain('no more than 32 levels');
    expect(refused(Array.from({ length: 101 }, () => 'a eq 1').join(' or '))).toContain('no more than 100 comparisons');
  });
});
