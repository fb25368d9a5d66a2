// Plain text notes cut into headings, lists and paragraphs, as their writers marked them (`# Plan`, `- aspirin`). Pure.
export type TextBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'text'; readonly text: string };

export function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const heading = /^#{1,4}\s+(.*)/.exec(line)?.[1] ?? headingInCapitals(line);
    const item = /^\s*[-•*]\s+(.*)/.exec(line)?.[1];
    const last = blocks.at(-1);
    if (heading !== undefined) blocks.push({ kind: 'heading', text: heading.replace(/:$/, '') });
    else if (item !== undefined && last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, item] };
    else if (item !== undefined) blocks.push({ kind: 'list', items: [item] });
    else if (line.trim() === '') blocks.push({ kind: 'text', text: '' });
    else if (last?.kind === 'text' && last.text !== '') blocks[blocks.length - 1] = { kind: 'text', text: `${last.text}\n${line.trimEnd()}` };
    else blocks.push({ kind: 'text', text: line.trimEnd() });
  }
  return blocks.filter((block) => block.kind !== 'text' || block.text !== '');
}

/** `DIỄN BIẾN:` alone on a line is a heading to a Vietnamese clerk. */
function headingInCapitals(line: string): string | undefined {
  const bare = line.trim();
  return bare.length >= 3 && bare.length <= 60 && /\p{Lu}/u.test(bare) && bare === bare.toLocaleUpperCase('vi') && !/\d/.test(bare) ? bare : undefined;
}
