// A scanner types what it reads, wherever the focus is. Its keys come far faster than anybody types, and end with Enter or Tab.
import { useEffect, useEffectEvent } from 'react';

/** Slower than every scanner, faster than every typist: two keys of one reading are never further apart. */
const gapMs = 40;
const fewestKeys = 8;

/** Hands over each text that was scanned. A burst within a text field stays there as well, unless it ends with Enter: then the field gets its former text back. */
export function useScanner(onText: (text: string) => void): void {
  const scanned = useEffectEvent(onText);
  useEffect(() => {
    let typed = '';
    let last = 0;
    let before = '';
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.isComposing) return;
      if (event.timeStamp - last > gapMs) {
        typed = '';
        before = event.target instanceof HTMLInputElement ? event.target.value : '';
      }
      last = event.timeStamp;
      if ((event.key === 'Enter' || event.key === 'Tab') && typed.length >= fewestKeys) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (event.target instanceof HTMLInputElement) putBack(event.target, before);
        scanned(typed.normalize('NFC'));
        typed = '';
        return;
      }
      if (event.key.length === 1) typed += event.key;
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
}

/** As if the person had typed it: React hears of it. */
function putBack(field: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
