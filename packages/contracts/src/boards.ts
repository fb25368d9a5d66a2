// Waiting-room screens: their links, and what they show of rooms and people, names masked.
import Type, { type Static } from 'typebox';
import { Id, Instant, Minutes, QueueRoom, RoomDayState } from './queue.ts';
import { contract } from './route.ts';

const Text = Type.String();

export const BoardLine = Type.Object({ ticket: Text, maskedName: Text, calledAt: Type.Optional(Instant), calls: Type.Optional(Type.Integer()), turn: Text });
export type BoardLine = Static<typeof BoardLine>;

export const BoardRoom = Type.Object({
  ...QueueRoom.properties,
  state: RoomDayState,
  doctors: Type.Array(Text),
  lateMinutes: Minutes,
  /** Newest call first; who is inside stays until the next call. */
  called: Type.Array(BoardLine),
  next: Type.Array(BoardLine),
  waiting: Type.Integer(),
});
export type BoardRoom = Static<typeof BoardRoom>;

export const BoardLink = Type.Object({ key: Text, name: Text, rooms: Type.Array(QueueRoom), madeAt: Instant, madeBy: Text });
export type BoardLink = Static<typeof BoardLink>;

export const createBoard = contract({
  method: 'POST',
  path: '/api/boards',
  summary: 'Makes the link of a waiting-room screen for some rooms.',
  needs: 'queue.work',
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), roomIds: Type.Array(Id, { minItems: 1, maxItems: 12 }) }),
  response: BoardLink,
});

export const listBoards = contract({ method: 'GET', path: '/api/boards', summary: 'The waiting-room screens of the facility.', needs: 'queue.work', response: Type.Object({ boards: Type.Array(BoardLink) }) });

export const BoardKey = Type.String({ pattern: '^[0-9a-hjkmnp-tv-z]{20,32}$' });

export const deleteBoard = contract({
  method: 'DELETE',
  path: '/api/boards/:key',
  summary: 'Withdraws the link of a waiting-room screen.',
  needs: 'queue.work',
  params: Type.Object({ key: BoardKey }),
  response: Type.Object({ key: Text }),
});

export const readBoard = contract({
  method: 'GET',
  path: '/api/board/:key',
  summary: 'What a waiting-room screen shows: numbers, masked names, rooms. Live: GET /api/board/:key/live.',
  needs: 'open',
  params: Type.Object({ key: BoardKey }),
  response: Type.Object({ name: Text, facilityName: Text, rooms: Type.Array(BoardRoom), at: Instant }),
});

export const listBoardVoice = contract({ method: 'GET', path: '/api/board-voice', summary: 'The recorded parts of the voice of the screens: GET /api/board-voice/<part>.', needs: 'open', response: Type.Object({ parts: Type.Array(Text) }) });

/** The live stream of a waiting-room screen: `GET /api/board/<key>/live`. */
export const boardLivePath = '/api/board/:key/live';
