// Numbers on large keys; a keyboard works as well.
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';
import { useHeading } from './use-heading.ts';

interface Asked {
  readonly title: string;
  readonly hint: string;
  readonly most: number;
  /** Digits stand together by so many, the better to compare. */
  readonly group: number;
  readonly right: (digits: string) => boolean;
  readonly next: (digits: string) => void;
  readonly back: () => void;
}

export function Keypad({ title, hint, most, group, right, next, back }: Asked) {
  const words = useStrings(strings);
  const heading = useHeading();
  const [digits, setDigits] = useState('');
  const press = (digit: string) => setDigits((before) => (before.length < most ? before + digit : before));
  const erase = () => setDigits((before) => before.slice(0, -1));
  useKeys((key) => {
    if (/^\d$/.test(key)) press(key);
    else if (key === 'Backspace') erase();
    else if (key === 'Enter' && right(digits)) next(digits);
  });
  return (
    <main className="typing">
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p>{hint}</p>
      <output aria-label={words.typed} className="typed">{spaced(digits, group)}</output>
      <div className="keys" role="group" aria-label={words.keys}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => <button key={digit} type="button" onClick={() => press(digit)}>{digit}</button>)}
        <button type="button" className="word" onClick={erase} disabled={digits === ''}><Icon name="erase" size={56} />{words.erase}</button>
        <button type="button" onClick={() => press('0')}>0</button>
        <button type="button" className="word primary" onClick={() => next(digits)} disabled={!right(digits)}>{words.next}<Icon name="right" size={56} /></button>
        <button type="button" className="word back" onClick={back}><Icon name="back" size={56} />{words.back}</button>
      </div>
    </main>
  );
}

/** A scanner types as well, but far faster: its keys are gone before this is asked (use-scanner takes the Enter). */
function useKeys(onKey: (key: string) => void): void {
  const pressed = useEffectEvent(onKey);
  useEffect(() => {
    const hear = ({ key, target }: KeyboardEvent) => {
      if (key !== 'Enter' || !(target instanceof HTMLButtonElement)) pressed(key); // Enter on a button presses that one
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

/** `0912 345 678`, `14 03 1968`: the first group takes what is left over, a year stays whole. */
function spaced(digits: string, group: number): string {
  if (group === 2) return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter((part) => part !== '').join(' ');
  return digits.length === 10 ? `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}` : digits.replace(/(\d{3})(?=\d)/g, '$1 ');
}
