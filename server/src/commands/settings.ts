import { settingsMarkdown, settingsTable } from '../platform/config.ts';

/** Lists every setting; `--markdown` writes the page docs/settings.md to standard output. */
export async function run(args: string[]): Promise<void> {
  if (args.includes('--markdown')) return void process.stdout.write(settingsMarkdown());
  for (const { name, unit, fallback, description } of Object.values(settingsTable)) {
    const shown = [fallback === '' ? '—' : String(fallback), unit].filter(Boolean).join(' ');
    process.stdout.write(`${name}  (${shown})\n    ${description.vi}\n    ${description.en}\n`);
  }
}
