// The first page of those for whom this version has no work: says so, and what they can do here.
import type { OwnSession } from '@sen/contracts';
import { Link } from 'react-router';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../../../modules/security/privacy.css';
import { strings as securityStrings } from '../../../modules/security/strings.ts';
import { strings } from '../strings.ts';

const links = [['/policy', 'shield', 'policy'], ['/my/apps', 'globe', 'allowedApps'], ['/my/account', 'person', 'myAccount']] as const satisfies readonly (readonly [string, IconName, string])[];

export function StartPage({ session: { account } }: { session: OwnSession }) {
  const words = useStrings(strings);
  const { roles } = useStrings(securityStrings);
  usePageTitle(words.start);
  const role = account.roles.map((one) => roles[one] ?? one).join(', ');
  return (
    <div className="my-page">
      <h1>{words.hello(account.name)}</h1>
      <p><b>{words.noWork(role)}.</b> {words.noWorkHint}</p>
      <ul className="my-list">
        {links.map(([to, icon, word]) => <li key={to}><Link className="my-link" to={to}><i className="my-icon"><Icon name={icon} size={22} /></i><span><b>{words.places[word]}</b><small>{words.placeHints[word]}</small></span><Icon name="right" size={20} /></Link></li>)}
      </ul>
    </div>
  );
}
