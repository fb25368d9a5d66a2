// The pages beside the work with patients, each for those who are permitted what it does.
import type { Permission } from '@sen/contracts';

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

export function placesFor(permissions: readonly string[]): readonly Place[] {
  return places.filter(({ needs }) => permissions.includes(needs));
}
