// Where signing finds its authorities, of the house of this process.
import type { Settings } from '../../../platform/config.ts';

export type SigningSettings = Pick<Settings, 'trustFolder' | 'fetchRevocation' | 'tsaUrl' | 'signerUrl' | 'signerTokenFile'>;

let held: SigningSettings = { trustFolder: '', fetchRevocation: false, tsaUrl: '', signerUrl: '', signerTokenFile: '' };

/** Takes the settings of the house into use; called at its start. */
export function holdSigningSettings(settings: SigningSettings): void {
  held = settings;
}

export function signingSettings(): SigningSettings {
  return held;
}
