// Where a JSON text is wrong, from what V8 says of it; never with a piece of the text, which may be about a patient.
const position = / in JSON at position (\d+).*$/s;
const excerpt = /^(Unexpected token .{1,4}?), (\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/su;

/** Says what is wrong and where: `Unexpected token 'x' at line 3, column 14.` */
export function placeOfJsonError(text: string, message: string): string {
  const told = position.exec(message);
  if (told !== null) return `${message.replace(position, '')} at ${lineAndColumn(text, Number(told[1]))}.`;
  const token = excerpt.exec(message);
  if (token === null) return message.startsWith('Unexpected end') ? `The JSON ends too early, at ${lineAndColumn(text, text.length)}.` : 'The body is not JSON.';
  // V8 shows ten characters before the token
  const at = token[2] === undefined ? firstUnexpected(text) : text.indexOf(token[3]!) + 10;
  return `${token[1]} at ${lineAndColumn(text, at)}.`;
}

function firstUnexpected(text: string): number {
  for (let end = 1; end <= Math.min(text.length, 40); end++) {
    try {
      JSON.parse(text.slice(0, end));
    } catch (error) {
      if ((error as SyntaxError).message.startsWith('Unexpected token')) return end - 1;
    }
  }
  return 0;
}

function lineAndColumn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1} (position ${at})`;
}
