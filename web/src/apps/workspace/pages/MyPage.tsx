// What is mine to see and to decide about my record.
import { Link } from 'react-router';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../../../modules/security/privacy.css';
import { strings } from '../strings.ts';

const links: readonly (readonly [to: string, icon: IconName, word: 'sharing' | 'access' | 'requests' | 'apps' | 'account'])[] = [
  ['/my/sharing', 'people', 'sharing'], ['/my/access-log', 'clock', 'access'], ['/my/requests', 'document', 'requests'], ['/my/apps', 'globe', 'apps'], ['/my/account', 'person', 'account'],
];

export function Component() {
  const words = useStrings(strings);
  usePageTitle(words.my.title);
  return (
    <div className="my-page">
      <h1>{words.my.title}</h1>
      <ul className="my-list">
        <li><a className="my-link" href="/app"><i className="my-icon"><Icon name="clock" size={22} /></i><span><b>{words.my.app}</b><small>{words.my.hints.app}</small></span><Icon name="right" size={20} /></a></li>
        {links.map(([to, icon, word]) => <li key={to}><Link className="my-link" to={to}><i className="my-icon"><Icon name={icon} size={22} /></i><span><b>{words.my[word]}</b><small>{words.my.hints[word]}</small></span><Icon name="right" size={20} /></Link></li>)}
      </ul>
    </div>
  );
}
