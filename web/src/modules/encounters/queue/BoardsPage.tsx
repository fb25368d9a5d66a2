// The screens of the waiting rooms: make a link, open it on a television, withdraw it.
import type * as contracts from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Answer, Bones, Empty, Failed } from '../../../kit/Feedback.tsx';
import { call } from '../../../lib/api.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useRooms } from './requests.ts';
import { strings } from './strings.ts';
import './queue.css';

export function Component() {
  const words = useStrings(strings);
  usePageTitle(words.boards);
  const queries = useQueryClient();
  const boards = useQuery({ queryKey: ['boards'], queryFn: ({ signal }) => call<typeof contracts.listBoards>('GET', '/api/boards', {}, signal) });
  const withdraw = useMutation({ mutationFn: (key: string) => call<typeof contracts.deleteBoard>('DELETE', '/api/boards/:key', { key }), onSettled: () => queries.invalidateQueries({ queryKey: ['boards'] }) });
  return (
    <div className="boards-page">
      <div className="page-head"><h1>{words.boards}</h1></div>
      <NewBoard />
      {withdraw.error !== null && <Failed error={withdraw.error} retry={() => withdraw.reset()} />}
      <Answer asked={boards} bones={<Bones rows={3} />}>
        {({ boards: all }) => (all.length === 0 ? <Empty title={words.noBoards}>{words.noBoardsHint}</Empty> : (
          <ul>{all.map(({ key, name, rooms }) => (
            <li key={key} className="card board-row"><span><b className="b">{name}</b> <span className="c2">{rooms.map((room) => room.name).join(', ')}</span></span>
              <a className="btn small" href={`/board/${key}`} target="_blank" rel="noreferrer">{words.openBoard}<span className="vh"> {name}</span></a>
              <button type="button" className="btn small" disabled={withdraw.isPending} onClick={() => withdraw.mutate(key)}>{words.withdraw}<span className="vh"> {name}</span></button></li>
          ))}</ul>
        ))}
      </Answer>
    </div>
  );
}

function NewBoard() {
  const words = useStrings(strings);
  const queries = useQueryClient();
  const rooms = useRooms();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const make = useMutation({
    mutationFn: () => call<typeof contracts.createBoard>('POST', '/api/boards', { name: name.trim(), roomIds: [...chosen] }),
    onSuccess: () => {
      setName('');
      setChosen([]);
      return queries.invalidateQueries({ queryKey: ['boards'] });
    },
  });
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <form className="card queue-form" onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
      <label className="field"><span>{words.boardName}</span><input value={name} maxLength={80} required placeholder={words.boardNameExample} onChange={(event) => setName(event.currentTarget.value)} /></label>
      <fieldset className="choices"><legend>{words.boardRooms}</legend>{rooms.data?.rooms.map((room) => <label key={room.id}><input type="checkbox" checked={chosen.includes(room.id)} disabled={!chosen.includes(room.id) && chosen.length === 12} onChange={() => toggle(room.id)} /><span>{room.name}</span></label>)}</fieldset>
      {make.error !== null && <Failed error={make.error} retry={() => make.mutate()} />}
      <div className="actions"><button type="submit" className="btn primary" disabled={make.isPending || name.trim() === '' || chosen.length === 0}>{words.newBoard}</button></div>
    </form>
  );
}
