// The acceptor's answer to a proposal (DICOM PS3.8 2024e, 9.3.3; PS3.7 annex D).
import { applicationContextName, type AnsweredContext, type AssociateAccept, type AssociateRequest, type ProposedContext, type RoleSelection, type UserInformation } from './pdu.ts';
import { isStorage, sopClass, transferSyntax } from './sop-classes.ts';

/** A presentation context that both sides have agreed on. */
export interface Context {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
  /** Whether the requestor may use the service, and whether it may provide it. */
  readonly requestorUses: boolean;
  readonly requestorProvides: boolean;
}

export interface NegotiationPolicy {
  /** Abstract syntaxes beside storage that are served. */
  readonly serves: ReadonlySet<string>;
  /** Whether objects of any storage class are taken. */
  readonly stores: boolean;
  /** Operations that we perform at once for one association. */
  readonly operations: number;
  readonly maxPduLength: number;
  readonly implementationClass: string;
  readonly implementationVersion: string;
  /** The application information with which a proposed extension is granted; undefined: not answered. */
  readonly extend?: (sopClass: string, information: Uint8Array) => Uint8Array | undefined;
}

export interface Negotiated {
  readonly accept: AssociateAccept;
  readonly contexts: ReadonlyMap<number, Context>;
  /** Operations that we may perform at once. */
  readonly operations: number;
}

/** Judges each proposed context by itself: storage takes anything in any encoding, in the order of the proposer. */
export function negotiate(request: AssociateRequest, policy: NegotiationPolicy): Negotiated {
  const answered = request.contexts.map((context) => answerContext(context, policy));
  const accepted = new Set(request.contexts.filter((_context, place) => answered[place]?.result === 0).map(({ abstractSyntax }) => abstractSyntax));
  const roles = request.user.roles.filter(({ sopClass }) => accepted.has(sopClass)).map(grantRole);
  const operations = grantedOperations(request.user, policy);
  const { calledAe, callingAe } = request;
  return {
    accept: { calledAe, callingAe, applicationContext: applicationContextName, contexts: answered, user: { ...ourSide(request.user, policy), roles, ...(request.user.window !== undefined && { window: { invoked: operations, performed: 1 } }) } },
    contexts: agreedContexts(request.contexts, answered, roles),
    operations,
  };
}

function answerContext(context: ProposedContext, policy: NegotiationPolicy): AnsweredContext {
  const stored = policy.stores && isStorage(context.abstractSyntax);
  const first = context.transferSyntaxes[0] ?? transferSyntax.implicitLittle;
  if (!stored && !policy.serves.has(context.abstractSyntax)) return { id: context.id, result: 3, transferSyntax: first };
  const chosen = context.transferSyntaxes.find((uid) => stored || readable.has(uid));
  return chosen === undefined ? { id: context.id, result: 4, transferSyntax: first } : { id: context.id, result: 0, transferSyntax: chosen };
}

/** What identifiers of queries and worklists may be written in: they are small, compressing them has no use. */
const readable = new Set<string>([transferSyntax.implicitLittle, transferSyntax.explicitLittle, transferSyntax.explicitBig]);

/** PS3.7 D.3.3.4: objects flow both ways (C-GET), and so do the reports of commitment; other services we only provide. */
function grantRole({ sopClass: uid, scu, scp }: RoleSelection): RoleSelection {
  return { sopClass: uid, scu, scp: scp && (isStorage(uid) || uid === sopClass.commitment) };
}

function grantedOperations({ window }: UserInformation, policy: NegotiationPolicy): number {
  if (window === undefined) return 1;
  return window.invoked === 0 ? policy.operations : Math.min(window.invoked, policy.operations);
}

function ourSide(user: UserInformation, policy: NegotiationPolicy): UserInformation {
  const { maxPduLength, implementationClass, implementationVersion, extend } = policy;
  const extended = user.extended.flatMap(({ sopClass, information }) => {
    const granted = extend?.(sopClass, information);
    return granted === undefined ? [] : [{ sopClass, information: granted }];
  });
  // PS3.7 D.3.3.7.2: for a name with or without passcode the answer is empty; that it is there says that it was believed.
  const answered = user.identity?.answerWanted === true && user.identity.kind <= 2;
  return { maxPduLength, implementationClass, implementationVersion, roles: [], extended, commonExtended: [], ...(answered && { identityAnswer: new Uint8Array(0) }) };
}

/** What both sides may now use: also the requestor's reading of the answer it got. */
export function agreedContexts(proposed: readonly ProposedContext[], answered: readonly AnsweredContext[], roles: readonly RoleSelection[]): ReadonlyMap<number, Context> {
  const answers = new Map(answered.filter(({ result }) => result === 0).map((answer) => [answer.id, answer.transferSyntax]));
  const granted = new Map(roles.map((role) => [role.sopClass, role]));
  return new Map(proposed.flatMap(({ id, abstractSyntax }) => {
    const chosen = answers.get(id);
    const role = granted.get(abstractSyntax);
    return chosen === undefined ? [] : [[id, { id, abstractSyntax, transferSyntax: chosen, requestorUses: role?.scu ?? true, requestorProvides: role?.scp ?? false }] as const];
  }));
}
