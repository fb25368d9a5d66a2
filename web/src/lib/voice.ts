/** A voice of this machine for a language; undefined where none is installed. */
export function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return globalThis.speechSynthesis?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language));
}
