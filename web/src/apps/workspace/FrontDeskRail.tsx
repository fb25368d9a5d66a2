// The work of the front desk in the rail, with how much of it waits.
import type { Permission, RoomLine } from '@sen/contracts';
import { Link, useLocation } from 'react-router';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { useCalls, useToCall } from '../../modules/booking/operator/requests.ts';
import { useRooms } from '../../modules/encounters/queue/requests.ts';
import { strings } from './front-desk-strings.ts';

interface Work { readonly to: string; readonly icon: IconName; readonly text: 'desk' | 'switchboard' | 'schedules' | 'rooms' | 'day' | 'duplicates' | 'messages'; readonly needs: Permission; readonly waiting?: number }

export function FrontDeskRail({ permissions, narrow }: { permissions: readonly string[]; narrow: boolean }) {
  const words = useStrings(strings);
  const { pathname } = useLocation();
  const operates = permissions.includes('booking.operate') && !permissions.includes('chart.read');
  const ringing = (useCalls(operates).asked.data?.calls ?? []).filter(({ state, takenBy }) => state === 'ringing' && takenBy === undefined).length;
  const toCall = useToCall(operates).data?.appointments.length ?? 0;
  const work: readonly Work[] = [
    { to: '/rooms', icon: 'clock', text: 'rooms', needs: 'queue.work', waiting: waitingInMine(useRooms(permissions.includes('queue.work')).data?.rooms) },
    { to: '/desk', icon: 'scan', text: 'desk', needs: 'visit.receive' },
    { to: '/switchboard', icon: 'phone', text: 'switchboard', needs: 'booking.operate', waiting: ringing + toCall },
    { to: '/schedules', icon: 'calendar', text: 'schedules', needs: 'booking.manage' },
    { to: '/duplicates', icon: 'merge', text: 'duplicates', needs: 'patient.merge' },
    { to: '/day', icon: 'people', text: 'day', needs: 'day.read' },
    { to: '/messages', icon: 'bell', text: 'messages', needs: 'message.manage' },
  ];
  const mine = work.filter(({ needs }) => permissions.includes(needs));
  if (mine.length === 0) return null;
  return (
    <>
      {!narrow && <h2>{words.heading}</h2>}
      {mine.map(({ to, icon, text, waiting = 0 }) => (
        <Link key={to} className="rail-item" to={to} aria-current={pathname.startsWith(to) ? 'page' : undefined} title={words[text]}>
          <Icon name={icon} size={20} /><span>{words[text]}</span>
          {waiting > 0 && <b className="rail-count"><span className="vh">{words.waiting(waiting)}</span><span aria-hidden="true">{waiting}</span></b>}
        </Link>
      ))}
    </>
  );
}

/** How many wait in the rooms where one works today. */
function waitingInMine(rooms: readonly RoomLine[] | undefined): number {
  return (rooms ?? []).filter(({ mine }) => mine).reduce((sum, { waiting }) => sum + waiting, 0);
}
