import type { PolicyRole, PolicyWay } from '@sen/contracts';
import { Link, useSearchParams } from 'react-router';
import { Icon } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

/** All that a role may see, write and do, and what it never sees. */
export function RoleInFull({ role }: { role: PolicyRole }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [search] = useSearchParams();
  const back = `?${new URLSearchParams([...search.entries()].filter(([name]) => name !== 'role'))}`;
  return (
    <>
      <Link className="policy-back" to={back}><Icon name="right" size={14} className="turned" />{words.back}</Link>
      <header className="policy-head"><h1>{role.name[language]}</h1></header>
      <h2>{words.ways}</h2>
      <div className="policy-scroll" role="region" aria-label={words.ways} tabIndex={0}>
        <table className="policy-ways">
          <thead><tr><th scope="col">{words.what}</th><th scope="col">{words.does}</th><th scope="col">{words.of}</th><th scope="col">{words.also}</th><th scope="col">{words.only}</th></tr></thead>
          <tbody>{role.ways.map((way, at) => <Way key={at} way={way} />)}</tbody>
        </table>
      </div>
      {role.hidden.length > 0 && (
        <>
          <h2>{words.hidden}</h2>
          <ul className="policy-list">{role.hidden.map(({ type, elements }) => <li key={type}><b>{type}</b>: {elements.join(', ')}</li>)}</ul>
        </>
      )}
      <h2>{words.permissions}</h2>
      <ul className="policy-list">{role.permissions.map((each) => <li key={each.en}>{each[language]}</li>)}</ul>
    </>
  );
}

function Way({ way }: { way: PolicyWay }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const said = (list: PolicyWay['what'], between = ', ') => (list.length === 0 ? <span className="c3">–</span> : list.map((each) => each[language]).join(between));
  return (
    <tr>
      <th scope="row">{said(way.what, ' · ')}</th>
      <td>{way.may.map((each) => words.may[each]).join(', ')}</td>
      <td>{said(way.by)}</td>
      <td>{said(way.marks)}</td>
      <td>{way.where.length === 0 ? <span className="c3">–</span> : way.where.map((each) => <code key={each}>{each}</code>)}</td>
    </tr>
  );
}
