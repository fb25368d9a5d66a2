// Reads visits, reports, procedures and vaccinations as one story, newest first.
import type { TimelineEvent } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { procedureOf, vaccinationOf, visitElements, visitOf, type Language } from './fhir.ts';
import { reportElements, reportEventOf, resultIdsOf } from './fhir-documents.ts';
import { resultOf } from './fhir-results.ts';
import { isOutOfRange } from './marks.ts';
import { mergeStreams, type Stream } from './merge-streams.ts';
import { continuation, readProgress, writeProgress } from './paging.ts';

type Found = Awaited<ReturnType<typeof searchResources>>['resources'][number];
type Reader = (resource: Found, language: Language) => TimelineEvent | undefined;

interface Dated extends TimelineEvent {
  readonly resultIds?: readonly string[];
}

/** Reads the next `limit` events (30 unless told, 50 at most), newest first. */
export async function readTimeline(work: Work, patientId: string, limit = 30, cursor?: string): Promise<{ events: TimelineEvent[]; next?: string }> {
  const streams = [
    stream(work, patientId, limit, 'Encounter', visitElements, visitOf),
    stream(work, patientId, limit, 'DiagnosticReport', reportElements, reportEventOf),
    stream(work, patientId, limit, 'Procedure', 'status,code,performed,performer,location,reasonCode', procedureOf),
    stream(work, patientId, limit, 'Immunization', 'status,vaccineCode,occurrence,performer,location', vaccinationOf),
  ];
  const { items, progress } = await mergeStreams(streams, limit, readProgress(cursor));
  const next = writeProgress(progress);
  return { events: await countOutOfRange(work, items), ...(next !== undefined && { next }) };
}

function stream(work: Work, patientId: string, limit: number, type: string, elements: string, read: Reader): Stream<Dated> {
  const query = `patient=Patient/${patientId}&_sort=-date&_count=${limit}&_elements=${elements}`;
  return {
    name: type,
    read: async (place) => {
      const found = await searchResources(work, type, continuation(query, place));
      const items = found.resources.flatMap((resource) => withResults(resource, read(resource, work.language)));
      return found.next === undefined ? { items } : { items, next: found.next };
    },
  };
}

function withResults(resource: Found, event: TimelineEvent | undefined): Dated[] {
  if (event === undefined) return [];
  return event.kind === 'laboratory' ? [{ ...event, resultIds: resultIdsOf(resource) }] : [event];
}

const resultsRead = 400;

/** Adds to each laboratory report of the page how many of its results are out of range: one search for all of them. */
async function countOutOfRange(work: Work, events: readonly Dated[]): Promise<TimelineEvent[]> {
  const ids = events.flatMap((event) => event.resultIds ?? []).slice(0, resultsRead);
  const out = new Set<string>();
  if (ids.length > 0) {
    const query = `_id=${ids.join(',')}&_count=${resultsRead}&_elements=status,code,value,interpretation,referenceRange,component`;
    const found = await searchResources(work, 'Observation', query);
    for (const observation of found.resources) if (isOutOfRange(resultOf(observation, work.language)?.mark)) out.add(observation.id ?? '');
  }
  return events.map(({ resultIds, ...event }) => {
    const count = resultIds?.filter((id) => out.has(id)).length ?? 0;
    return count === 0 ? event : { ...event, outOfRange: count };
  });
}
