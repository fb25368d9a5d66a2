// The chime and the voice of a screen. Browsers make no sound until somebody has touched the page: hence the button.

import { voiceFor } from '../../lib/voice.ts';

let tone: AudioContext | undefined;

/** Must run inside a tap or a key press. */
export function unlockSound(): void {
  tone ??= new AudioContext();
  void tone.resume();
}

/** Two soft tones, then the words when the machine has a voice of that language. Ends when all has been said. */
export async function announce(text: string, language: string): Promise<void> {
  chime();
  await new Promise((done) => setTimeout(done, 900));
  const voice = voiceFor(language);
  if (voice === undefined) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  await new Promise<void>((done) => {
    words.onend = () => done();
    words.onerror = () => done();
    setTimeout(done, 12_000); // some voices never say that they ended
    speechSynthesis.speak(words);
  });
}

function chime(): void {
  if (tone === undefined || tone.state !== 'running') return;
  for (const [at, frequency] of [[0, 659], [0.28, 523]] as const) {
    const swing = tone.createOscillator();
    const volume = tone.createGain();
    swing.frequency.value = frequency;
    volume.gain.setValueAtTime(0.35, tone.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, tone.currentTime + at + 0.6);
    swing.connect(volume).connect(tone.destination);
    swing.start(tone.currentTime + at);
    swing.stop(tone.currentTime + at + 0.65);
  }
}
