// Where a message goes: telephone numbers and e-mail addresses as providers want them, and as a list may show them.

/** `84912345678` (E.164 without its plus) of a Vietnamese number however it is typed, or of a foreign one written with its country; undefined for what cannot be sent an SMS. */
export function mobileOf(typed: string): string | undefined {
  const digits = typed.replace(/[\s.()-]/g, '');
  const home = /^(?:0|\+?84|0084)([35789]\d{8})$/.exec(digits)?.[1];
  if (home !== undefined) return `84${home}`;
  const abroad = /^(?:\+|00)([1-9]\d{7,14})$/.exec(digits)?.[1];
  return abroad === undefined || abroad.startsWith('84') ? undefined : abroad;
}

/** As people write it: `0912345678`, `+33612345678`. */
export function shownPhone(mobile: string): string {
  return mobile.startsWith('84') ? `0${mobile.slice(2)}` : `+${mobile}`;
}

export function emailOf(typed: string): string | undefined {
  const text = typed.trim();
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text) ? text : undefined;
}

/** `09•• ••• 678`, `m•••@example.vn`: enough for the person to know it, too little for others. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  const shown = shownPhone(address);
  return `${shown.slice(0, 2)}•• ••• ${shown.slice(-3)}`;
}
