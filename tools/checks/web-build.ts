import { buildWeb } from '../../server/src/start/build-web.ts';

/** Builds the web when it is stale, as `npm start` does: the screen tests must see the sources of now. */
export async function webBuildFindings(): Promise<string[]> {
  const said: string[] = [];
  try {
    await buildWeb((text) => said.push(text.en));
  } catch (error) {
    return [(error as Error).message];
  }
  return said.filter((text) => text !== 'Building the web…');
}
