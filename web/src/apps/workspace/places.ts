// Pages, each for those who are permitted what it does.
import type { Permission } from '@sen/contracts';
import type { IconName } from '../../kit/icons.tsx';

interface Place {
  readonly to: string;
  readonly text: 'myAccount' | 'allowedApps' | 'ownAccess' | 'accounts' | 'apps' | 'policy' | 'audit';
  readonly needs: Permission;
}

const places: readonly Place[] = [
  { to: '/accounts', text: 'accounts', needs: 'account.manage' },
  { to: '/apps', text: 'apps', needs: 'app.manage' },
  { to: '/policy', text: 'policy', needs: 'policy.read' },
  { to: '/audit', text: 'audit', needs: 'audit.read' },
  { to: '/my/access-log', text: 'ownAccess', needs: 'access.own' },
  { to: '/my/apps', text: 'allowedApps', needs: 'app.authorize' },
  { to: '/my/account', text: 'myAccount', needs: 'session.own' },
];

/** The daily work of those who do not work with patients: it stands in the rail. */
const duties = [
  { to: '/accounts', text: 'accounts', icon: 'people', needs: 'account.manage' },
  { to: '/apps', text: 'apps', icon: 'globe', needs: 'app.manage' },
  { to: '/audit', text: 'audit', icon: 'clock', needs: 'audit.read' },
] as const satisfies readonly (Place & { readonly icon: IconName })[];

export function dutiesFor(permissions: readonly string[]): readonly (typeof duties)[number][] {
  return duties.filter(({ needs }) => permissions.includes(needs));
}

/** Where one's work begins: with the patients, with what waits, with a duty; undefined: none of it, and `/` says so. */
export function startOf(permissions: readonly string[]): string | undefined {
  if (permissions.includes('chart.read')) return '/';
  if (permissions.includes('visit.receive')) return '/desk';
  if (permissions.includes('booking.operate')) return '/switchboard';
  if (permissions.includes('queue.work')) return '/rooms';
  if (permissions.includes('day.read')) return '/day';
  if (permissions.includes('emergency.review')) return '/emergencies';
  return permissions.includes('request.handle') ? '/requests' : dutiesFor(permissions)[0]?.to;
}

export function placesFor(permissions: readonly string[]): readonly Place[] {
  return places.filter(({ needs }) => permissions.includes(needs));
}

/** Where one goes with a person one has found; undefined: nowhere, so that nobody is looked for. */
export function pageOfPerson(permissions: readonly string[]): ((id: string) => string) | undefined {
  if (permissions.includes('chart.read')) return (id) => `/patients/${id}/summary`;
  return permissions.includes('consent.manage') ? (id) => `/patients/${id}/consents` : undefined;
}
