// A room at work: its queue (encounters) under the strip of its slots (booking).
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { useLive } from '../../../lib/live.ts';
import { usePageTitle } from '../../../lib/page-title.ts';
import { ClinicStrip, StripLegend } from '../../../modules/booking/day/ClinicStrip.tsx';
import { LateNotice } from '../../../modules/booking/day/LateNotice.tsx';
import { useRoomDay } from '../../../modules/booking/day/requests.ts';
import { useRoomQueue } from '../../../modules/encounters/queue/requests.ts';
import { RoomQueuePage } from '../../../modules/encounters/queue/RoomQueuePage.tsx';
import { useSession } from '../../../modules/security/session.ts';

export function Component() {
  const { roomId = '' } = useParams();
  const queries = useQueryClient();
  const session = useSession();
  const asked = useRoomQueue(roomId);
  const day = useRoomDay(roomId, asked.data?.room.kind === 'exam').data;
  const live = useLive([`room/${roomId}`], () => void queries.invalidateQueries({ queryKey: ['room', roomId] }));
  // The hospital's clock is that of the server: the screen only adds the time since its answer.
  const nowMs = useMinute() + (asked.data === undefined ? 0 : Date.parse(asked.data.at) - asked.dataUpdatedAt);
  usePageTitle(asked.data?.room.name ?? '');
  return (
    <Answer asked={asked} bones={<div className="tiles-bones"><Bones rows={12} /></div>}>
      {(queue) => (
        <RoomQueuePage key={roomId} queue={queue} nowMs={Math.max(nowMs, Date.parse(queue.at))} updatedAt={asked.dataUpdatedAt} live={live}
          mayOpenChart={session.data?.permissions.includes('chart.read') === true} mayTriage={session.data?.permissions.includes('visit.triage') === true} legend={day !== undefined && <StripLegend day={day} />}>
          {day !== undefined && <ClinicStrip day={day} nowMs={Math.max(nowMs, Date.parse(queue.at))} />}
          {day !== undefined && <LateNotice day={day} />}
        </RoomQueuePage>
      )}
    </Answer>
  );
}
