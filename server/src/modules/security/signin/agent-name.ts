// A browser in two words, for the list of one's sessions.

const systems: readonly [RegExp, string][] = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/CrOS/, 'ChromeOS'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux']];
const browsers: readonly [RegExp, string][] = [[/Edg/, 'Edge'], [/OPR\//, 'Opera'], [/coc_coc/, 'Cốc Cốc'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari']];

/** `Firefox, Windows`; undefined for what is no browser. */
export function agentName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const browser = browsers.find(([pattern]) => pattern.test(header))?.[1];
  const system = systems.find(([pattern]) => pattern.test(header))?.[1];
  return browser === undefined ? undefined : [browser, system].filter(Boolean).join(', ');
}
