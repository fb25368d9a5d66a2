// Where one works today: one's own room at once, else the rooms and stations of the facility.
import { Link, Navigate, useSearchParams } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useRooms } from './requests.ts';
import { strings } from './strings.ts';
import './queue.css';

export function Component() {
  const words = useStrings(strings);
  const [params] = useSearchParams();
  usePageTitle(words.rooms);
  const rooms = useRooms();
  const mine = rooms.data?.rooms.filter((room) => room.mine) ?? [];
  if (mine.length === 1 && mine[0] !== undefined && !params.has('all')) return <Navigate to={`/rooms/${mine[0].id}`} replace />;
  return (
    <div className="rooms-page">
      <div className="page-head"><h1>{words.rooms}</h1><span className="c3">{words.chooseRoom}</span><Link className="link end" to="/boards">{words.boards}</Link></div>
      <Answer asked={rooms} bones={<div className="tiles-bones"><Bones rows={8} /></div>}>
        {({ rooms: all }) => (all.length === 0 ? <Empty title={words.noRooms}>{words.noRoomsHint}</Empty> : (
          <ul className="rooms-list">
            {all.toSorted((a, b) => Number(b.mine) - Number(a.mine) || b.waiting - a.waiting).map(({ id, name, mine: own, kind, department, doctors, waiting, lateMinutes }) => (
              <li key={id}><Link className={own ? 'card mine' : 'card'} to={`/rooms/${id}`}><span><b>{name}</b> <span className="c2">{department?.name ?? words.kinds[kind]}</span></span><span className="c2">{doctors.map((doctor) => doctor.name).join(', ')}</span><span className={lateMinutes >= 10 ? 'late' : 'c2'}>{words.waitingThere(waiting)}{own && `, ${words.mine}`}</span></Link></li>
            ))}
          </ul>
        ))}
      </Answer>
    </div>
  );
}
