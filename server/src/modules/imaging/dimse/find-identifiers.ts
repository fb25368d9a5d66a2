// C-FIND over the archive, and that somebody asked.
import type { DicomPeer, FindRequest, Match } from '@sen/dicom/net';
import { DicomStatus, sopClass, status } from '@sen/dicom/net';
import type { Work } from '../../../platform/work.ts';
import type { Machine } from '../machines/machine.ts';
import { attributes } from '../query/attributes.ts';
import { findMatches } from '../query/find-matches.ts';
import { answerTo, identifierOf } from './identifier.ts';
import { recordDimse } from './record-dimse.ts';

/** More than this nobody reads; who asks for them wants a narrower question. */
const mostMatches = 10_000;

const studyUid = [...attributes.values()].find(({ keyword }) => keyword === 'StudyInstanceUID')!;

/** Gives the matches, the newest first; refuses with A700 after the first ten thousand. */
export async function* findIdentifiers(work: Work, machine: Machine, aeTitle: string, request: FindRequest): AsyncGenerator<Match> {
  if (request.sopClass === sopClass.worklistFind) throw new DicomStatus(status.classNotSupported, 'no worklist here');
  const identifier = identifierOf(request.identifier, request.transferSyntax, request.sopClass);
  const wanted = identifier.wanted.some(({ tag }) => tag === studyUid.tag) || identifier.level === 'patient' ? identifier.wanted : [...identifier.wanted, studyUid];
  const found = await findMatches(work.db, { level: identifier.level, facility: machine.facility, keys: identifier.keys, wanted, most: mostMatches + 1 });
  const rows = found.slice(0, mostMatches);
  const peer: DicomPeer = request.peer;
  await recordDimse(work, machine, peer, { kind: 'search', door: 'C-FIND', studies: [...new Set(rows.map(({ StudyInstanceUID }) => String(StudyInstanceUID ?? '')))], detail: { level: identifier.level, matches: rows.length } });
  for (const row of rows) {
    if (request.cancelled.aborted) return;
    yield { identifier: answerTo(identifier, row, aeTitle, request.transferSyntax), unsupportedKeys: identifier.hasUnsupported };
  }
  if (found.length > mostMatches) throw new DicomStatus(status.outOfResources, 'too many matches: ask more narrowly');
}
