import { useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

export const accountsKey = 'accounts';

/** Roles that an administrator may give to people; those of patients come from their records. */
export const staffRoles = ['reception', 'operator', 'nurse', 'doctor', 'laboratory', 'radiographer', 'radiologist', 'pharmacist', 'cashier', 'insurance', 'records', 'head', 'director', 'administrator', 'auditor', 'privacy', 'kiosk'] as const;

export function RolePicker({ chosen, change }: { chosen: readonly string[]; change: (roles: string[]) => void }) {
  const words = useStrings(strings);
  return (
    <fieldset className="role-picker">
      <legend>{words.roleList}</legend>
      {staffRoles.map((role) => (
        <label key={role}><input type="checkbox" checked={chosen.includes(role)} onChange={(event) => change(event.currentTarget.checked ? [...chosen, role] : chosen.filter((one) => one !== role))} />{words.roles[role]}</label>
      ))}
    </fieldset>
  );
}
