// Those who wait already when their doctor goes: to the shortest line of the same specialty, place kept.
import type { LeaveOutcome } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { handOverLine, loadLines, ticketText, transferTurn } from '../../encounters/index.ts';
import { tellOtherRoom } from '../appointments/tell-patient.ts';
import { localDay } from '../seats/local-time.ts';
import { findSessions } from '../seats/seat-store.ts';
import type { AffectedSession } from './leave-store.ts';

/** A clinic that begins within the hour can take who waits now. */
const soonMs = 60 * 60_000;

interface Waited {
  readonly facility: string;
  readonly session: AffectedSession;
  readonly doctor: string;
  readonly replacement: { readonly id: string; readonly name: string } | undefined;
}

/** Hands the line of a doctor over: to the replacement in the same room, else to the other rooms of the specialty. */
export async function moveWaiting(work: Work, { facility, session, doctor, replacement }: Waited): Promise<LeaveOutcome['here']> {
  const turns = await handOverLine(work, { roomId: session.roomId, doctor, by: replacement });
  const told = (turn: (typeof turns)[number]) => ({ patientName: turn.name, ticket: ticketText(turn.letter, turn.number) });
  if (replacement !== undefined) return turns.map((turn) => ({ ...told(turn), room: session.roomName, doctor: replacement.name }));
  const clinics = turns.length === 0 ? [] : await clinicsNow(work, facility, session, doctor);
  const here: LeaveOutcome['here'] = [];
  for (const turn of turns) {
    const shortest = clinics.sort((one, other) => one.line - other.line)[0];
    if (shortest === undefined) {
      here.push(told(turn));
      continue;
    }
    shortest.line++;
    const moved = await transferTurn(work, { turnId: turn.id, toRoomId: shortest.roomId, doctor: shortest.doctorId });
    await tellOtherRoom(work, { ...turn, id: moved.id }, { room: shortest.roomName, doctor: shortest.doctorName });
    here.push({ ...told(turn), room: shortest.roomName, doctor: shortest.doctorName });
  }
  return here;
}

interface Clinic {
  readonly roomId: string;
  readonly roomName: string;
  readonly doctorId: string;
  readonly doctorName: string;
  line: number;
}

async function clinicsNow(work: Work, facility: string, away: AffectedSession, doctor: string): Promise<Clinic[]> {
  const today = localDay(work.now);
  const open = (await findSessions(work.db, { facility, from: today, until: today, specialty: away.specialtyId }, work.now)).filter(
    (one) => one.doctorId !== null && one.doctorId !== doctor && one.roomId !== away.roomId && one.from - soonMs <= work.now && one.until > work.now,
  );
  const { lines } = await loadLines(work, facility, [...new Set(open.map(({ roomId }) => roomId))]);
  return open.flatMap(({ roomId, roomName, doctorId, doctorName }) => {
    const line = lines.get(roomId);
    return line?.room.kind === 'exam' && doctorId !== null ? [{ roomId, roomName, doctorId, doctorName: doctorName ?? doctorId, line: line.turns.length }] : [];
  });
}
