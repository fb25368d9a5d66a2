// Ways to use the machine: another language, larger text, read aloud, buttons within reach of who sits.
import { Icon } from '../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { voiceFor } from '../../lib/voice.ts';
import { strings } from './strings.ts';

export interface WayOfUse {
  readonly large: boolean;
  readonly low: boolean;
}

/** `spoken`: what the screen says now, if anything can be read aloud. */
export function Ways({ way, change, spoken }: { way: WayOfUse; change: (way: WayOfUse) => void; spoken: string | undefined }) {
  const words = useStrings(strings);
  const { language, choose } = useLanguage();
  const { large, low } = way;
  const voice = voiceFor(language);
  return (
    <nav className="ways-of-use" aria-label={words.ways}>
      <button type="button" lang={language === 'vi' ? 'en' : 'vi'} onClick={() => choose(language === 'vi' ? 'en' : 'vi')}><Icon name="globe" size={48} />{words.other}</button>
      <button type="button" onClick={() => change({ ...way, large: !large })}><Icon name="largeText" size={48} />{large ? words.smaller : words.larger}</button>
      {voice !== undefined && spoken !== undefined && <button type="button" onClick={() => say(spoken, voice)}><Icon name="speaker" size={48} />{words.listen}</button>}
      <button type="button" onClick={() => change({ ...way, low: !low })}><Icon name="wheelchair" size={48} />{low ? words.high : words.low}</button>
    </nav>
  );
}

function say(text: string, voice: SpeechSynthesisVoice): void {
  const speech = new SpeechSynthesisUtterance(text);
  speech.voice = voice;
  speech.lang = voice.lang;
  speech.rate = 0.9;
  speechSynthesis.cancel();
  speechSynthesis.speak(speech);
}
