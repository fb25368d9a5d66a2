import { useFacility } from '../../../modules/identity/facility.ts';
import { Letter } from '../../../modules/security/requests/Letter.tsx';

export function Component() {
  return <Letter hospital={useFacility().data?.name} />;
}
