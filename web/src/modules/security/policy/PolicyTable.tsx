import type { PolicyCell, PolicyPage } from '@sen/contracts';
import { Link, useSearchParams } from 'react-router';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';

/** What a patient would call theirs; the rest is about places, lists and the house. */
const aboutPatients: ReadonlySet<string> = new Set(['person', 'links', 'visit', 'clinical', 'medicine', 'result', 'consent', 'finance', 'insurance']);

export function PolicyTable({ page }: { page: PolicyPage }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const others = search.get('data') === 'others';
  const groups = page.groups.filter(({ code }) => aboutPatients.has(code) !== others);
  const show = (which: string) => setSearch(withPart(search, 'data', which), { replace: true });
  return (
    <>
      <div className="policy-tools">
        <div className="segments" role="group" aria-label={words.choose}>
          <button type="button" aria-pressed={!others} onClick={() => show('')}>{words.ofPatients}</button>
          <button type="button" aria-pressed={others} onClick={() => show('others')}>{words.others}</button>
        </div>
        <Legend />
      </div>
      <div className="policy-scroll" role="region" aria-label={words.table} tabIndex={0}>
        <table className="policy-table">
          <thead><tr><th scope="col">{words.role}</th>{groups.map(({ code, name }) => <th key={code} scope="col">{name[language]}</th>)}</tr></thead>
          <tbody>
            {page.roles.map((role) => (
              <tr key={role.code}>
                <th scope="row"><Link to={`?${withPart(search, 'role', role.code)}`}>{role.name[language]}</Link></th>
                {groups.map(({ code }) => <td key={code}><Cell cell={role.cells[code]} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="c3 policy-whose">{words.whose}</p>
    </>
  );
}

/** The same address with one part set, or taken out when it is empty. */
function withPart(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

function Legend() {
  const { legend } = useStrings(strings);
  return (
    <ul className="policy-legend c2">
      <li><Sign>✎</Sign>{legend.writes}</li><li><Sign>½</Sign>{legend.partly}</li><li><Sign sensitive>◆</Sign>{legend.sensitive}</li>
    </ul>
  );
}

function Sign({ children, sensitive }: { children: string; sensitive?: boolean }) {
  return <span className={sensitive === true ? 'policy-sign sensitive' : 'policy-sign'} aria-hidden="true">{children}</span>;
}

function Cell({ cell }: { cell: PolicyCell | undefined }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  if (cell === undefined) return <span className="c3"><span aria-hidden="true">–</span><span className="vh">{words.nothing}</span></span>;
  const whose = cell.read.length > 0 ? cell.read : cell.write;
  return (
    <>
      <span className={cell.read.length === 0 ? 'c2' : undefined}>{cell.read.length === 0 ? words.onlyWrites : whose.map((each) => each[language]).join(', ')}</span>
      {cell.write.length > 0 && cell.read.length > 0 && <><Sign>✎</Sign><span className="vh">, {words.writes}</span></>}
      {cell.partly && <><Sign>½</Sign><span className="vh">, {words.partly}</span></>}
      {cell.sensitive && <><Sign sensitive>◆</Sign><span className="vh">, {words.sensitive}</span></>}
    </>
  );
}
