// Where the work is: only tasks that can be done today.
import { Link, useLocation } from 'react-router';
import { Icon, Mark, type IconName } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { useFacility } from '../../modules/identity/facility.ts';
import { useAttention } from '../../modules/security/emergency/requests.ts';
import { FrontDeskRail } from './FrontDeskRail.tsx';
import { dutiesFor, startOf } from './places.ts';
import { strings } from './strings.ts';

export function Rail({ permissions, narrow, showKeys }: { permissions: readonly string[]; narrow: boolean; showKeys: () => void }) {
  const words = useStrings(strings);
  const { pathname, hash } = useLocation();
  const facility = useFacility();
  const withPatients = permissions.includes('chart.read');
  const items: readonly { to: string; icon: IconName; text: string; short: string; current: boolean }[] = [
    { to: '/', icon: 'bed', text: words.present, short: words.presentShort, current: pathname === '/' && hash === '' },
    { to: '/#recent', icon: 'clock', text: words.recent, short: words.recentShort, current: pathname === '/' && hash === '#recent' },
  ];
  return (
    <nav className="rail" aria-label={words.tasks}>
      <Link className="rail-mark" to="/" aria-label={`Sen, ${startOf(permissions) === '/' ? words.present : words.start}`}><Mark />{!narrow && <span className="el"><b>Sen</b><small className="el">{facility.data?.name}</small></span>}</Link>
      {!narrow && withPatients && <h2>{words.forMe}</h2>}
      {(withPatients ? items : []).map((item) => (
        <Link key={item.to} className="rail-item" to={item.to} aria-current={item.current ? 'page' : undefined} title={item.text}>
          <Icon name={item.icon} size={20} /><span>{narrow ? item.short : item.text}</span>
        </Link>
      ))}
      <FrontDeskRail permissions={permissions} narrow={narrow} />
      <Watch narrow={narrow} />
      <Duties permissions={permissions} narrow={narrow} />
      <span className="rail-space" />
      <button type="button" className="rail-item" onClick={showKeys} aria-keyshortcuts="?"><Icon name="keys" size={20} /><span>{words.keys}</span>{!narrow && <kbd>?</kbd>}</button>
    </nav>
  );
}

function Duties({ permissions, narrow }: { permissions: readonly string[]; narrow: boolean }) {
  const words = useStrings(strings);
  const { pathname } = useLocation();
  const duties = dutiesFor(permissions);
  if (duties.length === 0) return null;
  return (
    <>
      {!narrow && <h2>{words.duties}</h2>}
      {duties.map(({ to, text, icon }) => (
        <Link key={to} className="rail-item" to={to} aria-current={pathname.startsWith(to) ? 'page' : undefined} title={words.places[text]}>
          <Icon name={icon} size={20} /><span>{words.duty[text]}</span>
        </Link>
      ))}
    </>
  );
}

const watched = { emergencies: ['/emergencies', 'siren'], requests: ['/requests', 'document'], breaches: ['/privacy', 'shield'] } as const;

/** What waits for those who watch over personal data, with how much of it; nothing for all others. */
function Watch({ narrow }: { narrow: boolean }) {
  const { watch: words } = useStrings(strings);
  const { pathname } = useLocation();
  const items = useAttention().data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      {!narrow && <h2>{words.heading}</h2>}
      {items.map(({ what, waiting, overdue }) => {
        const [to, icon] = watched[what];
        return (
          <Link key={what} className="rail-item" to={to} aria-current={pathname.startsWith(to) ? 'page' : undefined} title={words[what]}>
            <Icon name={icon} size={20} /><span>{narrow ? words[`${what}Short`] : words[what]}</span>
            {waiting > 0 && <b className={overdue > 0 ? 'rail-count late' : 'rail-count'}><span className="vh">{words.waiting(waiting, overdue)}</span><span aria-hidden="true">{waiting}</span></b>}
          </Link>
        );
      })}
      {items.some(({ what }) => what === 'requests') && (
        <Link className="rail-item" to="/consents" aria-current={pathname === '/consents' || pathname.endsWith('/consents') ? 'page' : undefined} title={words.consents}>
          <Icon name="check" size={20} /><span>{narrow ? words.consentsShort : words.consents}</span>
        </Link>
      )}
    </>
  );
}
