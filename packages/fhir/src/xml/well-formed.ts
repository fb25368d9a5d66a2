import { SaxesParser } from 'saxes';

/** Tells whether a piece of text can stand as an element in an XML document. */
export function isWellFormed(element: string): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let sound = true;
  parser.on('error', () => {
    sound = false;
  });
  parser.on('doctype', () => {
    sound = false;
  });
  parser.write(element).close();
  return sound;
}
