// Keyboard shortcuts of a page. Keys without Ctrl or Alt can be turned off (WCAG 2.2, 2.1.4) and never fire while one types.
import { useEffect, useEffectEvent } from 'react';
import { preferences, readKept } from './kept.ts';

export const singleKeysSetting = 'sen.single-keys';

/** Runs the act of a pressed key: `ctrl+k`, `alt+1`, `?`, `j`. */
export function useKeys(acts: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const held = event.ctrlKey || event.metaKey ? 'ctrl+' : event.altKey ? 'alt+' : '';
    const name = held === 'alt+' ? event.code.replace(/^(?:Digit|Key)/, '').toLowerCase() : event.key.toLowerCase(); // Alt makes other letters on some keyboards
    const act = acts[held + name];
    if (act === undefined) return;
    if (held === '' && (isTyping(event.target) || (name === 'enter' && isPressed(event.target)) || !readKept(preferences, singleKeysSetting, true) || dialogIsOpen())) return;
    event.preventDefault();
    act(event);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Enter on a link or a button is its own. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a[href], button, summary, [role="menuitem"], [role="option"]') !== null;
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
