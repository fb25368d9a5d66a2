// The chart at first sight.
import { Link, useParams } from 'react-router';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { dateParts } from '../../lib/format.ts';
import { useStrings } from '../../lib/language.tsx';
import { ChangesStrip } from './ChangesStrip.tsx';
import { useTimeline } from './requests.ts';
import { ResultTiles } from './ResultTiles.tsx';
import { strings } from './strings.ts';
import { MedicinesCard, ProblemsCard } from './summary-cards.tsx';
import { TimelineRow } from './TimelineRow.tsx';

export function Component() {
  const { patientId = '' } = useParams();
  return (
    <div className="chart-scroll summary">
      <ChangesStrip patientId={patientId} />
      <div className="two"><ProblemsCard patientId={patientId} /><MedicinesCard patientId={patientId} /></div>
      <ResultTiles patientId={patientId} />
      <LatestEvents patientId={patientId} />
    </div>
  );
}

const eventsShown = 6;

function LatestEvents({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const timeline = useTimeline(patientId, eventsShown);
  const first = { data: timeline.data?.pages[0], error: timeline.error, refetch: timeline.refetch };
  const years = (first.data?.events ?? []).map((event) => (event.when === undefined ? undefined : dateParts(event.when)?.year));
  const oneYear = new Set(years).size === 1 ? years[0] : undefined;
  return (
    <section aria-labelledby="latest-events">
      <div className="head block-head">
        <h2 id="latest-events">{words.timeline}</h2>{oneYear !== undefined && <span className="c3">{oneYear}</span>}
        <Link className="end link" to={`/patients/${patientId}/timeline`}>{words.seeAll}</Link>
      </div>
      <Answer asked={first} bones={<div className="card tiles-bones"><Bones rows={5} /></div>}>
        {({ events }) => events.length === 0 ? <div className="card"><Empty title={words.noEvents} /></div> : (
          <ol className={oneYear === undefined ? 'card events whole-dates' : 'card events'}>
            {events.map((event) => <li key={event.id}><TimelineRow patientId={patientId} event={event} wholeDate={oneYear === undefined} /></li>)}
          </ol>
        )}
      </Answer>
    </section>
  );
}
