/** Runs the hospital in this process; main.ts itself ends the process. */
export async function run(): Promise<void> {
  await import('../main.ts');
}
