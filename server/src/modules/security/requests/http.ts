// Requests of data subjects over HTTP.
import * as contracts from '@sen/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import { checkOwn, ownPatients } from '../own-patients.ts';
import { cancelRequest } from './cancel-request.ts';
import { changeRequest, noSuchRequest } from './change-request.ts';
import { receiveRequest } from './receive-request.ts';
import type { DataRequest } from './request.ts';
import { showRequests } from './show-requests.ts';
import { findRequest, listClosedRequests, listOpenRequests, listRequestsOf } from './store.ts';
import { writeCopy } from './write-copy.ts';

export function addRequestRoutes(app: FastifyInstance): void {
  addOwnRoutes(app);
  bind(app, contracts.listRequests, async (work, { state }) => ({ requests: await showRequests(work, await (state === 'open' ? listOpenRequests(work.db) : listClosedRequests(work.db))) }));
  bind(app, contracts.readRequest, async (work, { requestId }) => one(work, await findRequest(work.db, requestId)));
  bind(app, contracts.receiveRequest, async (work, input) => one(work, await receiveRequest(work, input)));
  bind(app, contracts.changeRequest, async (work, { requestId, ...input }) => one(work, await changeRequest(work, { ...input, id: requestId })));
  app.post<{ Params: { requestId: string } }>('/api/requests/:requestId/copy', { config: { needs: 'bulk.export' } }, async ({ work, params }, reply) =>
    sendCopy(reply, await writeCopy(work, params.requestId, undefined)));
}

function addOwnRoutes(app: FastifyInstance): void {
  bind(app, contracts.listOwnRequests, async (work) => ({ requests: await showRequests(work, await listRequestsOf(work.db, ownPatients(work.actor))) }));
  bind(app, contracts.makeOwnRequest, async (work, input) => {
    checkOwn(work.actor, input.patientId);
    return one(work, await receiveRequest(work, { ...input, channel: 'app', identity: 'signed-in' }));
  });
  bind(app, contracts.cancelOwnRequest, async (work, { requestId }) => {
    await cancelRequest(work, requestId, ownPatients(work.actor));
    return null;
  });
  app.post<{ Params: { requestId: string } }>('/api/my/requests/:requestId/copy', { config: { needs: 'request.own' } }, async ({ work, params }, reply) =>
    sendCopy(reply, await writeCopy(work, params.requestId, ownPatients(work.actor))));
}

async function one(work: Work, request: DataRequest | undefined) {
  if (request === undefined) throw noSuchRequest();
  return (await showRequests(work, [request]))[0]!;
}

function sendCopy(reply: FastifyReply, { name, zip }: { name: string; zip: Uint8Array }): FastifyReply {
  return reply.type('application/zip').header('content-disposition', `attachment; filename="${name}"`).send(Buffer.from(zip));
}
