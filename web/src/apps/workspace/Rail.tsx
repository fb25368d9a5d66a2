// Where the work is: only tasks that can be done today.
import { Link, useLocation } from 'react-router';
import { Icon, Mark, type IconName } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { useFacility } from '../../modules/identity/facility.ts';
import { strings } from './strings.ts';

export function Rail({ narrow, showKeys }: { narrow: boolean; showKeys: () => void }) {
  const words = useStrings(strings);
  const { pathname, hash } = useLocation();
  const facility = useFacility();
  const items: readonly { to: string; icon: IconName; text: string; short: string; current: boolean }[] = [
    { to: '/', icon: 'bed', text: words.present, short: words.presentShort, current: pathname === '/' && hash === '' },
    { to: '/#recent', icon: 'clock', text: words.recent, short: words.recentShort, current: pathname === '/' && hash === '#recent' },
  ];
  return (
    <nav className="rail" aria-label={words.tasks}>
      <Link className="rail-mark" to="/" aria-label={`Sen, ${words.present}`}><Mark />{!narrow && <span className="el"><b>Sen</b><small className="el">{facility.data?.name}</small></span>}</Link>
      {!narrow && <h2>{words.forMe}</h2>}
      {items.map((item) => (
        <Link key={item.to} className="rail-item" to={item.to} aria-current={item.current ? 'page' : undefined} title={item.text}>
          <Icon name={item.icon} size={20} /><span>{narrow ? item.short : item.text}</span>
        </Link>
      ))}
      <span className="rail-space" />
      <button type="button" className="rail-item" onClick={showKeys} aria-keyshortcuts="?"><Icon name="keys" size={20} /><span>{words.keys}</span>{!narrow && <kbd>?</kbd>}</button>
    </nav>
  );
}
