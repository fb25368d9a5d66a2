// Out of range: an arrow and a word, never colour alone.
import type { Mark } from '@sen/contracts';
import { useStrings } from '../lib/language.tsx';
import { Icon, type IconName } from './icons.tsx';

const strings = {
  vi: { 'critical-low': 'Rất thấp', low: 'Thấp', normal: 'Bình thường', high: 'Cao', 'critical-high': 'Rất cao', abnormal: 'Bất thường' },
  en: { 'critical-low': 'Critically low', low: 'Low', normal: 'Normal', high: 'High', 'critical-high': 'Critically high', abnormal: 'Abnormal' },
};

const icons: Readonly<Record<Mark, IconName | undefined>> = {
  'critical-low': 'doubleDown', low: 'down', normal: undefined, high: 'up', 'critical-high': 'doubleUp', abnormal: 'warning',
};

export function isOut(mark: Mark | undefined): boolean {
  return mark !== undefined && mark !== 'normal';
}

function isCritical(mark: Mark | undefined): boolean {
  return mark === 'critical-low' || mark === 'critical-high';
}

export function markClass(mark: Mark | undefined): string {
  if (isCritical(mark)) return 'mark critical';
  return isOut(mark) ? 'mark out' : 'mark';
}

/** The arrow alone where room is scarce; the word is then for screen readers and the tooltip. */
export function Out({ mark, word = false, size = 14 }: { mark: Mark | undefined; word?: boolean; size?: number }) {
  const words = useStrings(strings);
  if (mark === undefined || !isOut(mark)) return null;
  const icon = icons[mark];
  return (
    <span className={markClass(mark)} title={words[mark]}>
      {icon !== undefined && <Icon name={icon} size={size} />}
      <span className={word ? 'm' : 'vh'}>{words[mark]}</span>
    </span>
  );
}
