import { describe, expect, it } from 'vitest';
import { agreedContexts, negotiate, type NegotiationPolicy } from './negotiate.ts';
import type { AssociateRequest, ProposedContext, UserInformation } from './pdu.ts';
import { isStorage, sopClass, transferSyntax } from './sop-classes.ts';

const { implicitLittle, explicitLittle } = transferSyntax;
const jpeg = '1.2.840.10008.1.2.4.70';
const ct = '1.2.840.10008.5.1.4.1.1.2';
const policy: NegotiationPolicy = { serves: new Set(Object.values(sopClass)), stores: true, operations: 8, maxPduLength: 131_072, implementationClass: '2.25.1', implementationVersion: 'SEN' };

function asked(contexts: readonly (readonly [string, readonly string[]])[], user: Partial<UserInformation> = {}): AssociateRequest {
  return {
    calledAe: 'SEN', callingAe: 'CT', applicationContext: '', protocolVersion: 1,
    contexts: contexts.map(([abstractSyntax, transferSyntaxes], place): ProposedContext => ({ id: 2 * place + 1, abstractSyntax, transferSyntaxes })),
    user: { maxPduLength: 0, implementationClass: '', implementationVersion: '', roles: [], extended: [], commonExtended: [], ...user },
  };
}

describe('presentation contexts (DICOM PS3.8 2024e, 9.3.3.2)', () => {
  it('takes objects of every storage class in the encoding the sender names first, private ones too', () => {
    const { accept } = negotiate(asked([
      [ct, [jpeg, implicitLittle]], [ct, [implicitLittle, jpeg]], ['1.3.12.2.1107.5.9.1', ['1.2.840.113619.5.2']], ['1.2.840.10008.5.1.4.1.1.999.1', ['1.2.3.4']],
    ]), policy);
    expect(accept.contexts.map(({ result, transferSyntax }) => [result, transferSyntax])).toEqual([[0, jpeg], [0, implicitLittle], [0, '1.2.840.113619.5.2'], [0, '1.2.3.4']]);
  });

  it('serves queries in encodings that can be read, and says why not', () => {
    const { accept, contexts } = negotiate(asked([
      [sopClass.studyFind, [jpeg, explicitLittle, implicitLittle]], [sopClass.worklistFind, [jpeg]], ['1.2.840.10008.5.1.1.9', [implicitLittle]], [sopClass.verification, []],
    ]), policy);
    expect(accept.contexts.map(({ result, transferSyntax }) => [result, transferSyntax])).toEqual([[0, explicitLittle], [4, jpeg], [3, implicitLittle], [4, implicitLittle]]);
    expect([...contexts.keys()]).toEqual([1]);
  });

  it('lets objects flow back for C-GET, and reports of commitment come, where the roles say so', () => {
    const roles = [{ sopClass: ct, scu: false, scp: true }, { sopClass: sopClass.studyFind, scu: true, scp: true }, { sopClass: '1.2.3', scu: true, scp: true }, { sopClass: sopClass.commitment, scu: false, scp: true }];
    const { accept, contexts } = negotiate(asked([[ct, [jpeg]], [sopClass.studyFind, [implicitLittle]], [sopClass.commitment, [implicitLittle]]], { roles }), policy);
    expect(accept.user.roles).toEqual([{ sopClass: ct, scu: false, scp: true }, { sopClass: sopClass.studyFind, scu: true, scp: false }, { sopClass: sopClass.commitment, scu: false, scp: true }]);
    expect([...contexts.values()].map(({ requestorUses, requestorProvides }) => [requestorUses, requestorProvides])).toEqual([[false, true], [true, false], [false, true]]);
  });

  it('reads the answer to its own proposal the same way', () => {
    const proposed = asked([[ct, [jpeg]], [ct, [implicitLittle]]]).contexts;
    const agreed = agreedContexts(proposed, [{ id: 1, result: 0, transferSyntax: jpeg }, { id: 3, result: 4, transferSyntax: implicitLittle }, { id: 99, result: 0, transferSyntax: jpeg }], []);
    expect([...agreed.values()]).toEqual([{ id: 1, abstractSyntax: ct, transferSyntax: jpeg, requestorUses: true, requestorProvides: false }]);
  });
});

describe('the rest of user information (DICOM PS3.7 2024e, D.3.3)', () => {
  it.each([[undefined, 1, undefined], [{ invoked: 4, performed: 1 }, 4, { invoked: 4, performed: 1 }], [{ invoked: 0, performed: 0 }, 8, { invoked: 8, performed: 1 }], [{ invoked: 99, performed: 1 }, 8, { invoked: 8, performed: 1 }]])(
    'grants of a window of %j at most what we do at once', (window, operations, answered) => {
      const negotiated = negotiate(asked([], window === undefined ? {} : { window }), policy);
      expect([negotiated.operations, negotiated.accept.user.window]).toEqual([operations, answered]);
    });

  it('answers a user name that wants an answer, not a ticket nobody here can judge', () => {
    const identity = (kind: number) => ({ identity: { kind, answerWanted: true, primary: new Uint8Array(1), secondary: new Uint8Array(0) } });
    expect(negotiate(asked([], identity(2)), policy).accept.user.identityAnswer).toEqual(new Uint8Array(0));
    expect(negotiate(asked([], identity(3)), policy).accept.user.identityAnswer).toBeUndefined();
  });

  it('answers extensions that are granted and leaves out the others', () => {
    const extended = [{ sopClass: sopClass.studyFind, information: Uint8Array.of(1, 1, 1) }, { sopClass: ct, information: Uint8Array.of(2) }];
    const extend = (uid: string, information: Uint8Array) => (uid === ct ? undefined : information.slice(0, 1));
    expect(negotiate(asked([], { extended }), { ...policy, extend }).accept.user.extended).toEqual([{ sopClass: sopClass.studyFind, information: Uint8Array.of(1) }]);
    expect(negotiate(asked([], { extended }), policy).accept.user.extended).toEqual([]);
  });
});

describe('what is stored (DICOM PS3.4 2024e, B.5)', () => {
  it.each([[ct, true], ['1.2.840.10008.5.1.4.1.1.200.3', true], ['1.2.840.10008.5.1.4.38.1', true], ['1.2.276.0.7230010.3.1.0.1', true],
    ['1.2.840.10008.5.1.4.1.1.200.4', false], ['1.2.840.10008.5.1.4.1.1.201.2', false], [sopClass.studyFind, false], [sopClass.verification, false], ['', false], ['không', false]])('%s: %s', (uid, stored) => {
    expect(isStorage(uid)).toBe(stored);
  });
});
