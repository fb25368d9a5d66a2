// Which licences Sen accepts, and the judgements made by a person where the name alone does not say.

/** Licences that let anyone use, change and hand on the work, asking for no more than a notice. */
export const permissive: ReadonlySet<string> = new Set([
  '0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'OFL-1.1', 'PostgreSQL',
  'Python-2.0', 'Unlicense', 'Zlib',
]);

export interface ToolException {
  readonly name: RegExp;
  readonly licence: string;
  readonly reason: string;
}

/** Tools that build or test and are not handed out with Sen, under licences that ask for more. */
export const toolExceptions: readonly ToolException[] = [
  { name: /^axe-core$/, licence: 'MPL-2.0', reason: 'injected into pages during screen tests only; used unchanged' },
  { name: /^lightningcss(-[a-z0-9-]+)?$/, licence: 'MPL-2.0', reason: 'Vite’s CSS compiler; its output is ours, it is used unchanged' },
];

export interface Reviewed {
  readonly name: string;
  readonly file: string;
  /** Of the licence file as it was read: new terms need a new reading. */
  readonly sha256: string;
  readonly judgement: string;
}

/** Packages whose manifest says "see licence" or nothing that npm reads, read on 2026-11-23. */
export const reviewed: readonly Reviewed[] = [
  {
    name: 'base-64',
    file: 'LICENSE-MIT.txt',
    sha256: '1e234f86ba3f213fbab143e195f172a40c5f943fb268c45d619ede8510b20d06',
    judgement: 'MIT; its manifest says so in the old list "licenses". A part of fhirclient, which only tests use.',
  },
  {
    name: 'fhirpath',
    file: 'LICENSE.md',
    sha256: 'e3845fb19fe87896d697d9f350e90ad1c00255ffbf2882d843d3009e589a4dac',
    judgement: 'Terms of BSD-3-Clause (keep the notice, do not use the names of NLM, LHNCBC or NIH to endorse); citing it in research is asked, not required.',
  },
  {
    name: '@lhncbc/ucum-lhc',
    file: 'LICENSE.md',
    sha256: 'ce376744b303732fd459938dd06ae943bec8384310d7cf0e46250d10d96ac140',
    judgement:
      'Terms of BSD-3-Clause, the notice to be shown prominently. The UCUM table inside is free to use and hand on under ucum.org/license ' +
      'as long as its codes are not changed; LOINC names under loinc.org/terms-of-use likewise. Sen changes neither and prints the notice.',
  },
];
