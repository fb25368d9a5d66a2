import { Icon } from '../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

/** Names the other language in that language, for those who cannot read this one. */
export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const words = useStrings(strings);
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" className="language-switch" lang={other} aria-label={`${other.toUpperCase()}: ${words.switchLanguageLabel}`} title={words.switchLanguageLabel} onClick={() => choose(other)}>
      <Icon name="globe" size={15} />{other.toUpperCase()}
    </button>
  );
}
