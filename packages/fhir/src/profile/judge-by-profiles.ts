// A resource judged by profiles: those it is asked to satisfy, those that it and its parts claim, and those of its extensions.
import type { Resource } from '../resource.ts';
import { judgeBinding } from './bindings.ts';
import { extensibleBindings } from './bindings.gen.ts';
import type { CompiledProfile, ProfileBook } from './compile-profile.ts';
import { definitionsOfR4 } from './definition.ts';
import { isJson, rootItem, type Item, type Json } from './items.ts';
import { apart, report, type ConstraintEvaluator, type Judgement, type Membership, type MembershipQuestion, type ProfileFinding, type Said } from './judgement.ts';
import { isCoreExtension } from '../validate/extensions.ts';
import { contextNames, walk, type Place } from './walk.ts';

export interface ProfileJudgement {
  readonly findings: ProfileFinding[];
  /** What the terminology must answer first, by questionKey; while some are open the findings are not final. */
  readonly open: ReadonlyMap<string, MembershipQuestion>;
}

export interface ProfileQuestion {
  readonly book: ProfileBook;
  /** Profiles that the resource must satisfy, whatever it claims. */
  readonly profiles: readonly string[];
  /** What to say of a claimed profile that is not known here. */
  readonly unknownClaims: 'error' | 'warning' | 'nothing';
  /** Tells also what is only worth a warning: codes outside R4's own extensible bindings, extensions not known here. */
  readonly thorough: boolean;
  readonly answers: ReadonlyMap<string, Membership>;
  readonly holds: ConstraintEvaluator;
}

/** A Bundle of 5,000 entries with 20 extensions each needs half of them; ten profiles that name each other on one element need 10^12. */
const mostChecks = 200_000;

const tooCostly: Said = {
  en: 'the profiles need too many checks of this resource, so not all were made',
  vi: 'các hồ sơ mẫu cần quá nhiều phép kiểm tra trên hồ sơ này nên chưa kiểm tra hết',
};

/** Judges a resource that is valid by structure. Judge again with the answers when questions are left open. */
export function judgeByProfiles(resource: Resource, question: ProfileQuestion): ProfileJudgement {
  const { book, profiles, answers, holds } = question;
  const root = rootItem(resource as Json);
  const judgement: Judgement = { resource, root: resource, findings: [], answers, open: new Map(), holds, depth: 0, budget: { left: mostChecks } };
  for (const canonical of profiles) judgeBy(canonical, root, judgement, book, 'error');
  walk(root, (place) => judgePlace(place, judgement, question));
  if (judgement.budget.left < 0) report(judgement, 'error', 'too-costly', tooCostly, root.path);
  return { findings: distinct(judgement.findings), open: judgement.open };
}

function judgeBy(canonical: string, item: Item, judgement: Judgement, book: ProfileBook, unknown: 'error' | 'warning' | 'nothing'): void {
  if (canonical.split('|')[0] === `${definitionsOfR4}${item.type}`) return; // judged as structure
  const profile = book.find(canonical);
  if (profile !== undefined) return profile.check(item, judgement);
  if (unknown !== 'nothing') report(judgement, unknown, 'not-found', unknownProfile(canonical), item.path);
}

function judgePlace(place: Place, judgement: Judgement, question: ProfileQuestion): void {
  const { item, parent, resource } = place;
  const here = resource === judgement.resource ? judgement : { ...judgement, resource: containerOf(place) };
  if (question.thorough && parent !== undefined) judgeBaseBinding(item, `${parent.item.type}.${place.name}`, here);
  if (item.type === 'Extension' && parent !== undefined) return judgeExtension(place, parent, here, question);
  const meta = item.value === resource ? resource['meta'] : undefined;
  const claims = isJson(meta) && Array.isArray(meta['profile']) ? meta['profile'] : [];
  for (const claim of claims) if (typeof claim === 'string' && !question.profiles.includes(claim)) judgeBy(claim, item, here, question.book, question.unknownClaims);
}

// A value set that is not known here is passed over: R4 binds nearly every coded element, and few servers hold them all.
function judgeBaseBinding(item: Item, path: string, judgement: Judgement): void {
  const valueSet = Object.hasOwn(extensibleBindings, path) ? extensibleBindings[path] : undefined;
  if (valueSet === undefined) return;
  const trial = apart(judgement);
  judgeBinding({ strength: 'extensible', valueSet }, item, trial, undefined);
  judgement.findings.push(...trial.findings.filter(({ severity }) => severity === 'warning'));
}

// R4 fhirpath.html: for a contained resource %resource is the one that contains it; an entry of a Bundle is its own.
function containerOf({ resource, parent }: Place): Json {
  for (let at = parent; at !== undefined; at = at.parent) {
    if (at.name === 'contained') return at.parent?.resource ?? resource;
  }
  return resource;
}

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/;

// Of R4's own extensions the structural validator has judged place, kind and type of value already; what lies inside is left.
function judgeExtension(place: Place, parent: Place, judgement: Judgement, { book, thorough }: ProfileQuestion): void {
  const { item, name } = place;
  const url = isJson(item.value) ? item.value['url'] : undefined;
  if (typeof url !== 'string') return;
  const profile = book.find(url);
  if (profile?.definition.type !== 'Extension') {
    if (thorough && profile === undefined && absolute.test(url) && !url.startsWith(definitionsOfR4)) report(judgement, 'warning', 'extension', unknownExtension(url), item.path);
    return;
  }
  if (isCoreExtension(url)) return profile.definition.differential?.element.some(({ sliceName }) => sliceName !== undefined) === true ? profile.check(item, judgement) : undefined;
  profile.check(item, judgement);
  judgeContext(profile, item, parent, judgement);
  judgeModifier(profile, item, name, judgement);
}

function judgeContext({ definition: { context = [], url } }: CompiledProfile, item: Item, parent: Place, judgement: Judgement): void {
  if (context.length === 0) return;
  const names = contextNames(parent);
  const fits = context.some(({ type, expression }) => {
    // R4 writes Element also where resources are meant: its own definitions do
    if (type === 'element') return expression === 'Element' || names.has(expression) || names.has(`${expression}[x]`);
    if (type === 'extension') return parent.item.type === 'Extension' && isJson(parent.item.value) && parent.item.value['url'] === expression;
    return true; // a FHIRPath context selects elements anywhere; R4 leaves open from where
  });
  if (fits) return;
  const places = context.map(({ expression }) => expression).join(', ');
  report(judgement, 'error', 'extension', { en: `the extension may stand only on ${places}`, vi: `phần mở rộng này chỉ được đặt ở ${places}` }, item.path, url);
}

function judgeModifier({ definition }: CompiledProfile, item: Item, name: string, judgement: Judgement): void {
  const elements = [...(definition.snapshot?.element ?? []), ...(definition.differential?.element ?? [])];
  const modifies = elements.some(({ path, isModifier }) => path === 'Extension' && isModifier === true);
  if (modifies === (name === 'modifierExtension')) return;
  const said: Said = modifies
    ? { en: 'changes the meaning of its element, so it must be a modifierExtension', vi: 'làm đổi nghĩa phần tử nên phải là modifierExtension' }
    : { en: 'does not change the meaning of its element, so it must not be a modifierExtension', vi: 'không làm đổi nghĩa phần tử nên không được là modifierExtension' };
  report(judgement, 'error', 'extension', said, item.path, definition.url);
}

function unknownExtension(url: string): Said {
  const shown = url.slice(0, 200);
  return { en: `the extension ${shown} is not known here`, vi: `máy chủ chưa có định nghĩa phần mở rộng ${shown}` };
}

function unknownProfile(canonical: string): Said {
  const shown = canonical.slice(0, 200);
  return { en: `the profile ${shown} is not known here, so it was not checked`, vi: `máy chủ chưa có hồ sơ mẫu ${shown} nên chưa kiểm tra` };
}

/** The same fault is met by several ways: through a claim and through the type of an element that holds the resource. */
function distinct(findings: readonly ProfileFinding[]): ProfileFinding[] {
  return [...new Map(findings.map((one) => [`${one.expression}\n${one.diagnostics}`, one])).values()];
}
