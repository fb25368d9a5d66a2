// The access policy on one page: roles by kinds of data; one role in full when it is chosen.
import type { PolicyPage } from '@sen/contracts';
import { Link, useSearchParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useSession } from '../session.ts';
import { ChangeForm } from './ChangeForm.tsx';
import './policy.css';
import { PolicyTable } from './PolicyTable.tsx';
import { usePolicy } from './requests.ts';
import { RoleInFull } from './RoleInFull.tsx';
import { strings } from './strings.ts';

export function Component() {
  const words = useStrings(strings);
  const [search] = useSearchParams();
  const version = Number(search.get('version')) || undefined;
  const policy = usePolicy(version);
  usePageTitle(words.title);
  return (
    <div className="policy">
      <Answer asked={policy} bones={<Bones rows={14} height={20} gap={14} />}>{(page) => <Policy page={page} />}</Answer>
    </div>
  );
}

function Policy({ page }: { page: PolicyPage }) {
  const [search] = useSearchParams();
  const role = page.roles.find(({ code }) => code === search.get('role'));
  return role === undefined ? <Everyone page={page} /> : <RoleInFull role={role} />;
}

function Everyone({ page }: { page: PolicyPage }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { version, effectiveFrom, state, changedBy, reason } = page.version;
  const mayChange = useSession().data?.permissions.includes('policy.change') === true;
  return (
    <>
      <header className="policy-head">
        <h1>{words.title}</h1>
        <span className={state === 'in-force' ? 'pill ok' : 'pill'}>{words.versionName(version)}: {words.states[state]}</span>
        <span className="c3">{words.from(formatDate(effectiveFrom, language))} · {words.by(changedBy)} · {reason}</span>
      </header>
      <p className="c2">{words.lead}</p>
      <PolicyTable page={page} />
      <div className="policy-more">
        <Limits page={page} />
        <Versions page={page} />
        {mayChange && <ChangeForm newest={page.versions[0]?.version ?? 1} />}
      </div>
    </>
  );
}

function Limits({ page }: { page: PolicyPage }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <section aria-labelledby="policy-limits">
      <h2 id="policy-limits">{words.limits}</h2>
      <dl>{page.limits.map(({ name, days }) => <div key={name.en}><dt>{name[language]}</dt><dd className="num">{words.days(days)}</dd></div>)}</dl>
    </section>
  );
}

function Versions({ page }: { page: PolicyPage }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(page.document, null, 2))}`;
  return (
    <section aria-labelledby="policy-versions">
      <h2 id="policy-versions">{words.versions}</h2>
      <ul>
        {page.versions.map((each) => (
          <li key={each.version}>
            <Link to={`?version=${each.version}`} aria-current={each.version === page.version.version ? 'true' : undefined}>{words.versionName(each.version)}</Link>
            <span className="c3"> {words.states[each.state]}, {words.from(formatDate(each.effectiveFrom, language))}</span><br />{each.reason} <span className="c3">({each.changedBy})</span>
          </li>
        ))}
      </ul>
      <a className="btn small" href={file} download={`policy-${page.version.version}.json`}><Icon name="save" size={14} />{words.download}</a>
    </section>
  );
}
