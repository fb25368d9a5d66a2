// The protocol data units of the DICOM upper layer (DICOM PS3.8 2024e, 9.3) as data.

export const pduType = { request: 1, accept: 2, reject: 3, data: 4, releaseRequest: 5, releaseReply: 6, abort: 7 } as const;

/** DICOM PS3.7 2024e, A.2.1: the only application context there is. */
export const applicationContextName = '1.2.840.10008.3.1.1.1';

/** A presentation context as proposed: what about, and in which encodings, in the order of the proposer. */
export interface ProposedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** PS3.8 table 9-18: 0 accepted, 1 user rejection, 2 no reason, 3 abstract syntax unknown, 4 transfer syntaxes unknown. */
export type ContextResult = 0 | 1 | 2 | 3 | 4;

export interface AnsweredContext {
  readonly id: number;
  readonly result: ContextResult;
  /** Not significant unless accepted. */
  readonly transferSyntax: string;
}

/** PS3.7 D.3.3.4: who of the two may use or provide a SOP class; the proposer speaks of itself. */
export interface RoleSelection {
  readonly sopClass: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

/** PS3.7 D.3.3.3: operations at once; 0 is without limit, absent means 1 and 1. */
export interface OperationsWindow {
  readonly invoked: number;
  readonly performed: number;
}

/** PS3.7 D.3.3.7. `secondary` is a passcode for kind 2 and must never be logged. */
export interface UserIdentity {
  /** 1 user name, 2 user name and passcode, 3 Kerberos ticket, 4 SAML assertion, 5 JSON Web Token. */
  readonly kind: number;
  readonly answerWanted: boolean;
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

export interface ExtendedNegotiation {
  readonly sopClass: string;
  readonly information: Uint8Array;
}

/** PS3.7 D.3.3.6: tells the service class and the general classes of a SOP class the other side may not know. */
export interface CommonExtendedNegotiation {
  readonly sopClass: string;
  readonly serviceClass: string;
  readonly related: readonly string[];
}

export interface UserInformation {
  /** Longest P-DATA-TF the speaker takes; 0 is without limit (PS3.8 D.1). */
  readonly maxPduLength: number;
  readonly implementationClass: string;
  readonly implementationVersion: string;
  readonly window?: OperationsWindow;
  readonly roles: readonly RoleSelection[];
  readonly extended: readonly ExtendedNegotiation[];
  readonly commonExtended: readonly CommonExtendedNegotiation[];
  readonly identity?: UserIdentity;
  readonly identityAnswer?: Uint8Array;
}

interface Titles {
  readonly calledAe: string;
  readonly callingAe: string;
  readonly applicationContext: string;
}

export interface AssociateRequest extends Titles {
  /** Bit 0 is version 1, the only one. */
  readonly protocolVersion: number;
  readonly contexts: readonly ProposedContext[];
  readonly user: UserInformation;
}

export interface AssociateAccept extends Titles {
  readonly contexts: readonly AnsweredContext[];
  readonly user: UserInformation;
}

/** PS3.8 table 9-21. */
export interface Rejection {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** PS3.8 table 9-26. Source 0 is the other program, 2 its protocol layer. */
export interface Abort {
  readonly source: number;
  readonly reason: number;
}
