import type { Queryable } from '../../platform/database.ts';
import type { RefusalText } from '../../platform/refusal.ts';
import { displayIn, isCalled, type Called, type Designation } from './designation.ts';
import { readDetail } from './fhir-detail.ts';
import type { ValueSetContent } from './fhir-value-set.ts';
import { findSystem, type Scope } from './find-definitions.ts';
import { loadMembers, type Member } from './members/load-members.ts';
import { planMembers } from './members/plan-members.ts';
import { systemsOf } from './members/plan.ts';
import { unknownCode, unknownCodeSystem } from './refusals.ts';
import { findConcept, findDetails, type Concept } from './store-concepts.ts';

export interface CodeToCheck {
  /** Undefined: of any code system of the value set. */
  readonly system: string | undefined;
  readonly version?: string | undefined;
  readonly code: string;
  readonly display?: string | undefined;
}

export interface CheckOptions {
  readonly scope: Scope;
  /** Groups that are no codes for a record are accepted too. */
  readonly abstract: boolean;
  readonly language: string | undefined;
}

export interface CodeCheck {
  readonly result: boolean;
  readonly message?: RefusalText;
  readonly display?: string | undefined;
  /** Which of the two is wrong, when the result is false. */
  readonly wrong?: 'code' | 'display';
}

/** Tells whether a code is in a value set (R4 ValueSet/$validate-code). Refuses what planMembers refuses. */
export async function checkCodeInValueSet(db: Queryable, content: ValueSetContent, given: CodeToCheck, { scope, ...options }: CheckOptions): Promise<CodeCheck> {
  const { system, version, code } = given;
  const versions = system === undefined || version === undefined ? {} : { versions: new Map([...(scope.versions ?? []), [system, version]]) };
  const plan = await planMembers(db, content, { ...scope, ...versions, only: system });
  const { members: [member] } = await loadMembers(db, plan, { words: [], code: { system, code }, activeOnly: false }, { offset: 0, limit: 1, detailed: true });
  if (member === undefined) return { result: false, wrong: 'code', message: await reasonOf(db, given, scope) };
  const source = systemsOf(plan).find(({ url, system }) => url === member.url && system?.system === member.system);
  const added = await findDetails(db, (source?.supplements ?? []).map((one) => one.system), [member.code]);
  return judge(member, calledBy(member, source?.system?.language, added), given, options);
}

/** Tells whether a code is in a code system on the day (R4 CodeSystem/$validate-code). Refuses (404) an unknown code system. */
export async function checkCodeInSystem(db: Queryable, url: string, given: CodeToCheck, { scope, ...options }: CheckOptions): Promise<CodeCheck> {
  const { system, supplements } = await findSystem(db, url, given.version, scope);
  if (system === undefined || system.content === 'not-present') throw unknownCodeSystem(url, given.version);
  const concept = await findConcept(db, system, given.code, scope.day);
  if (concept === undefined || !concept.valid) return { result: false, wrong: 'code', message: reasonFor(url, given.code, concept) };
  const added = await findDetails(db, supplements.map((one) => one.system), [concept.code]);
  const called = { display: concept.display, language: system.language, designations: readDetail(concept.detail, added).designations };
  return judge(concept, called, given, options);
}

function calledBy({ shown, extra, display, detail }: Member, language: string | undefined, added: Parameters<typeof readDetail>[1]): Called {
  const own = extra === undefined ? [] : (JSON.parse(extra) as Designation[]);
  const further = shown === undefined || display === undefined ? [] : [{ value: display, ...(language === undefined ? {} : { language }) }];
  return { display: shown ?? display, language: shown === undefined ? language : undefined, designations: [...own, ...further, ...readDetail(detail, added).designations] };
}

function judge({ abstract, inactive, code }: Pick<Concept, 'abstract' | 'inactive' | 'code'>, called: Called, given: CodeToCheck, options: Omit<CheckOptions, 'scope'>): CodeCheck {
  const display = displayIn(called, options.language);
  if (abstract && !options.abstract) {
    return { result: false, wrong: 'code', display, message: { vi: `Mã "${code}" là nhóm, không dùng để ghi hồ sơ.`, en: `The code "${code}" is abstract: a group, not a code for a record.` } };
  }
  if (given.display !== undefined && !isCalled(called, given.display)) {
    return { result: false, wrong: 'display', display, message: { vi: `Tên không đúng với mã "${code}"; tên đúng: "${display ?? ''}".`, en: `The display is not that of the code "${code}", which is "${display ?? ''}".` } };
  }
  if (inactive) return { result: true, display, message: { vi: `Mã "${code}" đã ngừng dùng.`, en: `The code "${code}" is inactive.` } };
  return { result: true, display };
}

/** Why a code is no member: the code system does not have it, or not on that day; else the value set leaves it out. */
async function reasonOf(db: Queryable, { system: url, version, code }: CodeToCheck, scope: Scope): Promise<RefusalText> {
  const leftOut = { vi: `Mã "${code}" không thuộc tập giá trị.`, en: `The code "${code}" is not in the value set.` };
  if (url === undefined) return leftOut;
  const { system } = await findSystem(db, url, version, scope);
  if (system === undefined) return unknownCodeSystem(url, version).text;
  const concept = await findConcept(db, system, code, scope.day);
  return concept === undefined || !concept.valid ? reasonFor(url, code, concept) : leftOut;
}

function reasonFor(url: string, code: string, concept: Concept | undefined): RefusalText {
  if (concept === undefined) return unknownCode(url, code).text;
  const { from, until } = concept;
  const vi = [from === undefined ? '' : ` từ ${from}`, until === undefined ? '' : ` đến trước ${until}`].join('');
  const en = [from === undefined ? '' : ` from ${from}`, until === undefined ? '' : ` until before ${until}`].join('');
  return { vi: `Mã "${code}" không có hiệu lực vào ngày này; hiệu lực${vi}.`, en: `The code "${code}" is not in force on that day; it is in force${en}.` };
}
