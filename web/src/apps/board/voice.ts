// The chime and the voice of a screen: the browser's own, else recorded parts. Browsers make no sound until somebody has touched the page: hence the button.

import { voiceFor } from '../../lib/voice.ts';

let tone: AudioContext | undefined;
/** Each recorded part is fetched once, when it is first said. */
const sounds = new Map<string, Promise<AudioBuffer>>();

/** Must run inside a tap or a key press. */
export function unlockSound(): void {
  tone ??= new AudioContext();
  void tone.resume();
}

/** Two soft tones, then the words: by a voice of that language when the machine has one, else by `parts`, which stand for the words. Ends when all has been said. */
export async function announce(text: string, language: string, parts: readonly string[] | undefined): Promise<void> {
  chime();
  const loading = voiceFor(language) === undefined && parts !== undefined ? Promise.all(parts.map(soundOf)) : undefined;
  await new Promise((done) => setTimeout(done, 900));
  if (loading !== undefined) return play(await loading.catch(() => [])); // a part that cannot be fetched: the number stands on the screen
  const voice = voiceFor(language);
  if (voice !== undefined) await speak(text, voice);
}

function speak(text: string, voice: SpeechSynthesisVoice): Promise<void> {
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  return new Promise<void>((done) => {
    words.onend = () => done();
    words.onerror = () => done();
    setTimeout(done, 12_000); // some voices never say that they ended
    speechSynthesis.speak(words);
  });
}

function soundOf(part: string): Promise<AudioBuffer> {
  const known = sounds.get(part);
  if (known !== undefined) return known;
  const sound = load(part);
  sounds.set(part, sound);
  sound.catch(() => sounds.delete(part)); // asked again with the next call
  return sound;
}

async function load(part: string): Promise<AudioBuffer> {
  if (tone === undefined) throw new Error('no sound yet');
  const response = await fetch(`/api/board-voice/${part}`);
  if (!response.ok) throw new Error(`no sound for ${part}`);
  return tone.decodeAudioData(await response.arrayBuffer());
}

/** One after the other without a gap: the parts were cut to their sound. */
async function play(parts: readonly AudioBuffer[]): Promise<void> {
  if (tone === undefined || tone.state !== 'running') return;
  let at = tone.currentTime;
  for (const buffer of parts) {
    const source = tone.createBufferSource();
    source.buffer = buffer;
    source.connect(tone.destination);
    source.start(at);
    at += buffer.duration;
  }
  await new Promise((done) => setTimeout(done, (at - tone!.currentTime) * 1_000));
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
