// Machines, stations and archives that speak DICOM with the hospital.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Text = Type.String();
const AeTitle = Type.String({ pattern: '^[!-\\[\\]-~](?:[ -\\[\\]-~]{0,14}[!-\\[\\]-~])?$' });

const settings = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  /** As DICOM has them: CT, MR, US, DX … */
  modality: Type.Optional(Type.String({ pattern: '^[A-Z0-9_]{1,16}$' })),
  roomId: Type.Optional(Type.String({ maxLength: 64 })),
  /** Addresses or networks (10.20.0.0/16) that it may call from; none: any. */
  addresses: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
  /** SHA-256 of its certificate, with colons or without; it must then call over TLS with it. */
  certificate: Type.Optional(Type.String({ maxLength: 120 })),
  /** Where it listens, when we are to send to it. */
  host: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
  secure: Type.Boolean(),
  mayStore: Type.Boolean(),
  mayQuery: Type.Boolean(),
  active: Type.Boolean(),
};

export const DicomMachine = Type.Object({
  aeTitle: Text, ...settings, heardAt: Type.Optional(Text), heardOperation: Type.Optional(Text), refusedAt: Type.Optional(Text), refusedBecause: Type.Optional(Text),
});
export type DicomMachine = Static<typeof DicomMachine>;

const DicomStranger = Type.Object({ aeTitle: Text, address: Text, because: Text, times: Type.Integer(), lastAt: Text });

const params = Type.Object({ aeTitle: AeTitle });

export const listMachines = contract({
  method: 'GET', path: '/api/imaging/machines', summary: 'The machines of the facility with their last signs of life, and who called and is in no list.', needs: 'imaging.manage',
  response: Type.Object({ machines: Type.Array(DicomMachine), strangers: Type.Array(DicomStranger) }),
});

export const saveMachine = contract({
  method: 'PUT', path: '/api/imaging/machines/:aeTitle', summary: 'Adds a machine to the list or changes it.', needs: 'imaging.manage', params, body: Type.Object(settings), response: DicomMachine,
});

export const removeMachine = contract({
  method: 'DELETE', path: '/api/imaging/machines/:aeTitle', summary: 'Takes a machine out of the list; its images stay.', needs: 'imaging.manage', params, response: Type.Object({ aeTitle: Text }),
});

export const echoMachine = contract({
  method: 'POST', path: '/api/imaging/machines/:aeTitle/echo', summary: 'Asks a machine whether it answers (C-ECHO).', needs: 'imaging.manage', params,
  response: Type.Object({ answers: Type.Boolean(), durationMs: Type.Integer(), /** Code of what went wrong. */ because: Type.Optional(Text) }),
});
