import { Icon } from '../../kit/icons.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useFailures } from './session.ts';
import { strings } from './strings.ts';

/** Tells a person of wrong tries at the own account, once. */
export function FailuresNote() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { failures, dismiss } = useFailures();
  if (failures === undefined) return null;
  return (
    <div className="note warn failures" role="status">
      <Icon name="warning" size={18} className="c-warn" />
      <p className="what">{words.failures(failures.count, formatDateTime(failures.lastAt, language), failures.addresses.join(', '))}</p>
      <button type="button" className="btn small" onClick={dismiss}>{words.dismiss}</button>
    </div>
  );
}
