import { AppList } from '../../../modules/security/apps/AppList.tsx';

export function Component() {
  return <AppList />;
}
