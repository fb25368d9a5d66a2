import { AllowedApps } from '../../../modules/security/apps/AllowedApps.tsx';

export function Component() {
  return <AllowedApps />;
}
