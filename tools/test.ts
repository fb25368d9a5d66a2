// `npm test`: every check, then every test, then one line that counts both. `npm test -- <filter>` runs only the tests that fit.
import { browserPath } from '../tests/support/find-browser.ts';
import { checks } from './checks/all.ts';
import { runChecks } from './checks/run-checks.ts';
import { runTests, type Count } from './checks/run-tests.ts';
import { webBuildFindings } from './checks/web-build.ts';

const args = process.argv.slice(2);
const began = performance.now();
const counts = args.length > 0 ? [await tests()] : [await treeChecks(), await tests()];
const sum = (part: 'passed' | 'failed') => counts.reduce((total, count) => total + count[part], 0);

for (const name of counts.flatMap((count) => count.notRun)) console.log(`Not run: ${name}`);
console.log(`Took ${((performance.now() - began) / 1000).toFixed(0)} s.`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;

async function treeChecks(): Promise<Count> {
  const browser = { name: 'a browser for screen tests', findings: async () => (useBrowser(), []) };
  const web = { name: 'the web is built', findings: webBuildFindings };
  const outcomes = await runChecks([...checks, browser, web], (line) => console.log(line));
  const failed = outcomes.filter((outcome) => outcome.findings.length > 0).length;
  return { passed: outcomes.length - failed, failed, notRun: [] };
}

// Looked for once, before several test files do so side by side; they find it by this variable.
function useBrowser(): void {
  process.env['SEN_CHROMIUM'] = browserPath();
}

async function tests(): Promise<Count> {
  try {
    if (args.length > 0) for (const finding of await webBuildFindings()) console.error(finding);
    return await runTests(args, process.env);
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1, notRun: [] };
  }
}
