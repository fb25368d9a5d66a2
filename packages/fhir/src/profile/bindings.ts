// Coded values against the value set of their binding (R4 terminologies.html §4.1.5).
import { isJson, type Item } from './items.ts';
import { answerTo, report, type Judgement, type Membership, type Said } from './judgement.ts';
import type { Binding } from './definition.ts';

interface Coded {
  readonly system: string | undefined;
  readonly code: string;
  readonly display: string | undefined;
}

const maxValueSet = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';

/** Reports a coded value that its binding does not allow: required is an error, extensible a warning, preferred a remark. */
export function judgeBinding(binding: Binding, item: Item, judgement: Judgement, profile: string | undefined): void {
  const { strength, valueSet, extension = [] } = binding;
  const limit = extension.find(({ url }) => url === maxValueSet);
  const limitSet = limit?.valueCanonical ?? limit?.valueUri;
  if (limitSet !== undefined && strength !== 'required') judgeBinding({ strength: 'required', valueSet: limitSet }, item, judgement, profile);
  if (valueSet === undefined || strength === 'example') return;
  const codings = codedValues(item);
  if (codings === undefined) return;
  if (codings.length === 0) {
    if (strength === 'required') report(judgement, 'error', 'code-invalid', noCode(valueSet), item.path, profile);
    return;
  }
  const membership = membershipOf(codings, valueSet, judgement);
  if (membership === undefined || membership === true) return;
  if (membership === 'wrong-display') return report(judgement, 'warning', 'value', wrongDisplay, item.path, profile);
  if (membership === 'unknown') return report(judgement, strength === 'required' ? 'warning' : 'information', 'not-found', unknownSet(valueSet), item.path, profile);
  const severity = strength === 'required' ? 'error' : strength === 'extensible' ? 'warning' : 'information';
  report(judgement, severity, 'code-invalid', notMember(codings, valueSet, strength), item.path, profile);
}

/** Tells whether any of the codes is known to be in the value set. */
export function isMember(item: Item, valueSet: string, judgement: Judgement): boolean {
  const membership = membershipOf(codedValues(item) ?? [], valueSet, judgement);
  return membership === true || membership === 'wrong-display';
}

function membershipOf(codings: readonly Coded[], valueSet: string, judgement: Judgement): Membership | undefined {
  const answers = codings.map((coded) => answerTo(judgement, { valueSet, ...coded }));
  if (answers.includes(true)) return true;
  if (answers.includes('wrong-display')) return 'wrong-display';
  if (answers.includes(undefined)) return undefined;
  return answers.includes('unknown') ? 'unknown' : false;
}

/** The codes of a code, Coding, CodeableConcept or Quantity; undefined for what carries none. */
function codedValues({ type, value }: Item): Coded[] | undefined {
  if (typeof value === 'string') return ['code', 'string', 'uri', 'id', 'markdown'].includes(type) ? [{ system: undefined, code: value, display: undefined }] : undefined;
  if (!isJson(value)) return undefined;
  if (type === 'CodeableConcept') return Array.isArray(value['coding']) ? value['coding'].filter(isJson).flatMap(codingOf) : [];
  if (type === 'Coding') return codingOf(value);
  return value['code'] === undefined ? undefined : codingOf({ system: value['system'], code: value['code'] });
}

function codingOf(coding: Readonly<Record<string, unknown>>): Coded[] {
  const { system, code, display } = coding;
  if (typeof code !== 'string') return [];
  return [{ code, system: typeof system === 'string' ? system : undefined, display: typeof display === 'string' ? display : undefined }];
}

function noCode(valueSet: string): Said {
  return { en: `must have a code of the value set ${valueSet}`, vi: `phải có một mã thuộc tập giá trị ${valueSet}` };
}

function unknownSet(valueSet: string): Said {
  return {
    en: `cannot be checked: the value set ${valueSet}, or its code system, is not known here`,
    vi: `chưa kiểm tra được: máy chủ chưa có tập giá trị ${valueSet} hoặc hệ mã của nó`,
  };
}

const wrongDisplay: Said = { en: 'the display is not that of the code', vi: 'tên hiển thị không đúng với mã' };

function notMember(codings: readonly Coded[], valueSet: string, strength: string): Said {
  // Codes are quoted only where they look like codes: anything else may be a patient's words.
  const shown = codings.map(({ code }) => code).filter((code) => /^[\w.+-]{1,20}$/.test(code)).slice(0, 5).map((code) => `"${code}"`).join(', ');
  return {
    en: `${shown === '' ? 'the code' : shown} is not in the value set ${valueSet} (binding: ${strength})`,
    vi: `${shown === '' ? 'mã' : shown} không thuộc tập giá trị ${valueSet} (ràng buộc: ${strength})`,
  };
}
