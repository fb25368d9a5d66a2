import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { countLiveStreams, openLiveStream } from '../../platform/live-stream.ts';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bind } from '../../platform/route.ts';
import { callNext } from './queue/call-next.ts';
import { beginTurn, callTurn, finishTurn, recallTurn, returnTurn, skipTurn, transferTurn } from './queue/change-turn.ts';
import { leaveVisit } from './queue/change-visit.ts';
import { listMyVisits } from './queue/list-my-visits.ts';
import { closeRoom, openRoom, pauseRoom, resumeRoom } from './queue/open-room.ts';
import { createBoard, deleteBoard, followBoard, listBoards, readBoard } from './queue/read-board.ts';
import { listRooms, readRoomQueue } from './queue/read-room-queue.ts';
import { readTicket } from './queue/read-ticket.ts';
import { listVoiceParts, readVoicePart } from './queue/read-voice-part.ts';
import { readTriage } from './queue/read-triage.ts';
import { receiveWalkIn } from './queue/receive-visit.ts';
import { recordTriage } from './queue/record-triage.ts';
import { sendTurn } from './queue/send-turn.ts';
import { suggestTriage } from './queue/suggest-triage.ts';

export function queueRoutes(app: FastifyInstance, house: House): void {
  bind(app, contracts.listRooms, listRooms);
  bind(app, contracts.readRoomQueue, (work, { roomId }) => readRoomQueue(work, roomId));
  bind(app, contracts.callNext, callNext);
  bind(app, contracts.callTurn, callTurn);
  bind(app, contracts.recallTurn, recallTurn);
  bind(app, contracts.beginTurn, beginTurn);
  bind(app, contracts.finishTurn, finishTurn);
  bind(app, contracts.skipTurn, skipTurn);
  bind(app, contracts.returnTurn, returnTurn);
  bind(app, contracts.transferTurn, transferTurn);
  bind(app, contracts.sendTurn, sendTurn);
  bind(app, contracts.openRoom, openRoom);
  bind(app, contracts.pauseRoom, pauseRoom);
  bind(app, contracts.resumeRoom, resumeRoom);
  bind(app, contracts.closeRoom, closeRoom);
  bind(app, contracts.receiveWalkIn, receiveWalkIn);
  bind(app, contracts.readTriage, (work, { visitId }) => readTriage(work, visitId));
  bind(app, contracts.suggestTriage, suggestTriage);
  bind(app, contracts.triageVisit, recordTriage);
  bind(app, contracts.leaveVisit, leaveVisit);
  bind(app, contracts.readTicket, (work, { visitId }) => readTicket(work, visitId));
  bind(app, contracts.listMyVisits, (work) => listMyVisits(work));
  bind(app, contracts.createBoard, createBoard);
  bind(app, contracts.listBoards, (work) => listBoards(work));
  bind(app, contracts.deleteBoard, deleteBoard);
  bind(app, contracts.readBoard, readBoard);
  boardStream(app, house);
  boardVoice(app, house.settings.boardVoiceFolder);
}

/** Screens that may show one board at the same time: whoever has its link cannot take the streams of everybody else. */
const screensOfBoard = 40;

/** The sounds of a screen whose browser has no Vietnamese voice: no secret, and nothing about anybody. */
function boardVoice(app: FastifyInstance, folder: string): void {
  bind(app, contracts.listBoardVoice, async () => ({ parts: await listVoiceParts(folder) }));
  app.get<{ Params: { part: string } }>('/api/board-voice/:part', { exposeHeadRoute: false, config: { needs: 'open' } }, async ({ params }, reply) => {
    const sound = await readVoicePart(params.part, folder);
    if (sound === undefined) throw new Refusal('not-found', 'encounters.no-such-sound', { vi: 'Không có âm thanh này.', en: 'There is no such sound.' });
    return reply.type(sound.type).header('cache-control', 'public, max-age=3600').send(sound.bytes);
  });
}

/** The live stream of a waiting-room screen, which has a key and no session. */
function boardStream(app: FastifyInstance, house: House): void {
  const open = new Map<string, number>();
  const leave = (key: string) => {
    const others = (open.get(key) ?? 1) - 1;
    if (others > 0) open.set(key, others);
    else open.delete(key);
  };
  app.get(contracts.boardLivePath, { exposeHeadRoute: false, config: { needs: 'open' } }, async (request, reply) => {
    const { key } = request.params as { key: string };
    const others = open.get(key) ?? 0;
    if (others >= screensOfBoard || countLiveStreams(house.database) >= house.settings.liveStreamsMax) throw tooMany();
    open.set(key, others + 1);
    const stream = await openLiveStream({ database: house.database, follow: () => followBoard(house.systemWork(), key) }).catch((error: unknown) => {
      leave(key);
      throw error;
    });
    if (stream === undefined) {
      leave(key);
      throw noSuchBoard();
    }
    stream.once('close', () => leave(key));
    return reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
  });
}

function tooMany(): Refusal {
  return new Refusal('busy', 'encounters.too-many-screens', { vi: 'Quá nhiều màn hình đang theo dõi trực tiếp.', en: 'Too many screens follow live.' });
}

function noSuchBoard(): Refusal {
  return new Refusal('not-found', 'encounters.no-such-board', { vi: 'Không có màn hình này.', en: 'There is no such screen.' });
}
