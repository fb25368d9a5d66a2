// GET /api/live?topic=…&topic=…: one stream of what has changed for one screen, for as long as its session stands.
import { livePath } from '@sen/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { viewSession } from '../../modules/security/index.ts';
import { judgeTopics, topicShape } from '../../platform/live.ts';
import { countLiveStreams, endLiveStreams, openLiveStream } from '../../platform/live-stream.ts';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { actAs } from '../../platform/act-as.ts';

/** Screens of one session that may follow at the same time; browsers open no more than six over HTTP/1.1. */
const streamsOfSession = 8;
const mostTopics = 40;

/** Adds the route; streams end before the server closes. */
export function liveRoutes(app: FastifyInstance, house: House): void {
  const open = new Map<string, number>();
  app.addHook('preClose', async () => endLiveStreams(house.database));
  app.get(livePath, { exposeHeadRoute: false, config: { needs: 'session.own' } }, async (request, reply) => {
    const topics = topicsOf(request);
    const session = request.actor.session ?? request.actor.id;
    const others = open.get(session) ?? 0;
    if (others >= streamsOfSession || countLiveStreams(house.database) >= house.settings.liveStreamsMax) throw tooManyStreams();
    open.set(session, others + 1); // before the first wait: those who ask at once are counted too
    const stream = await openLiveStream({ database: house.database, follow: () => followed(house, request, topics) }).catch((error: unknown) => {
      leave(open, session);
      throw error;
    });
    if (stream === undefined) {
      leave(open, session);
      throw notYours();
    }
    stream.once('close', () => leave(open, session));
    return reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
  });
}

function topicsOf(request: FastifyRequest): string[] {
  const { topic } = request.query as { topic?: string | string[] };
  const topics = [...new Set([topic ?? []].flat())];
  if (topics.length > 0 && topics.length <= mostTopics && topics.every((one) => topicShape.test(one))) return topics;
  throw new Refusal('incorrect', 'http.bad-topics', { vi: `Cần 1 đến ${mostTopics} chủ đề dạng loại/mã.`, en: `1 to ${mostTopics} topics of the form kind/key are needed.` });
}

/** Judged anew with the rights of now: a session that ended, is locked, or lost the right follows nothing more. */
async function followed(house: House, request: FastifyRequest, topics: readonly string[]): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const work = house.systemWork();
  const session = request.token === undefined ? undefined : await viewSession(work, request.token);
  if (session === undefined || session.held !== undefined) return undefined;
  return judgeTopics(actAs(work, session.actor), topics);
}

function leave(open: Map<string, number>, session: string): void {
  const others = (open.get(session) ?? 1) - 1;
  if (others > 0) open.set(session, others);
  else open.delete(session);
}

function tooManyStreams(): Refusal {
  return new Refusal('busy', 'http.too-many-streams', { vi: 'Quá nhiều màn hình đang theo dõi trực tiếp. Xin đóng bớt.', en: 'Too many screens follow live. Please close some.' });
}

function notYours(): Refusal {
  return new Refusal('forbidden', 'http.topic-not-yours', { vi: 'Không được theo dõi mục này.', en: 'This may not be followed.' });
}
