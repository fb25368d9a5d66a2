// What I have open in an emergency, always in sight, with the time left and the way to close it.
import { Link } from 'react-router';
import { Icon } from '../../../kit/icons.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { useStrings } from '../../../lib/language.tsx';
import '../privacy.css';
import { useCloseEmergency, useOwnEmergencies } from './requests.ts';
import { strings } from './strings.ts';

export function RunningEmergencies({ mayOpen }: { mayOpen: boolean }) {
  const words = useStrings(strings);
  const now = useMinute();
  const asked = useOwnEmergencies(mayOpen);
  const close = useCloseEmergency();
  const running = asked.data?.emergencies.filter(({ until }) => Date.parse(until) > now) ?? [];
  if (running.length === 0) return null;
  return (
    <aside className="running-emergencies" aria-label={words.runningLabel}>
      <ul>
        {running.map(({ id, patient, until }) => {
          const minutes = Math.max(1, Math.ceil((Date.parse(until) - now) / 60_000));
          return (
            <li key={id}>
              <Icon name="siren" size={16} />
              <Link to={`/patients/${patient.id}/summary`}>{words.running(patient.name, words.left(Math.floor(minutes / 60), minutes % 60))}</Link>
              <button type="button" className="btn small" disabled={close.isPending} onClick={() => close.mutate({ emergencyId: id, patientId: patient.id })}>{words.closeNow}</button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
