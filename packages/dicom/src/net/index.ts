// Talking DICOM (PS3.7, PS3.8): bytes in, bytes out. Sockets, TLS and clocks are server/src/edges/dicom.
export { newAssociation, type AbortIndication, type Association, type AssociationOutlet } from './association.ts';
export { commandField, responseTo, type Command } from './command.ts';
export { collectData, newConversation, type Conversation, type ConversationLimits, type Incoming, type Response } from './conversation.ts';
export { agreedContexts, negotiate, type Context, type NegotiationPolicy } from './negotiate.ts';
export { DicomNetError } from './net-error.ts';
export { applicationContextName, type AssociateRequest, type ProposedContext, type Rejection, type RoleSelection, type UserIdentity } from './pdu.ts';
export { commitmentInstance, isStorage, sopClass, transferSyntax } from './sop-classes.ts';
export { isDone, status } from './status.ts';
export { DicomStatus } from './services.ts';
export type {
  Admission, DicomAddress, DicomOperation, DicomPeer, DicomServices, EventReport, FindRequest, MachineSign, Match, NormalizedOutcome, NormalizedRequest, Outcome,
  PeerCertificate, PlannedInstance, RetrievePlan, RetrieveRequest, StoreRequest,
} from './services.ts';
