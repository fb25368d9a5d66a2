import type { Resource } from '@sen/fhir';
import { dateText, day, parseLocal } from './calendar.ts';
import type { Chart, Depth } from './chart.ts';
import { liveCourse } from './course.ts';
import { createDice } from './dice.ts';
import { branchFacility, hospitalResources, mainFacility } from './hospital.ts';
import { personName, pickPeople } from './names.ts';
import { insuranceClass } from './numbers.ts';
import { openChart, pickPerson } from './person.ts';
import { createStaff, type Staff, staffResources } from './staff.ts';
import { stories } from './stories/stories.ts';
import type { Story } from './stories/story.ts';

export interface DemoOptions {
  readonly seed: number;
  /** Milliseconds since 1970; everything happens before it, except appointments. */
  readonly now: number;
  /** How many people in all; the first are those with stories, always in full. */
  readonly patients: number;
  /** `light` gives about 30 resources a person and no documents, for measuring. */
  readonly depth?: Depth;
}

const batchSize = 300;

/**
 * Generates a hospital with two facilities, its staff and its patients, as batches of valid R4 resources.
 * The same options give the same resources; a reference only points into the same or an earlier batch.
 * Treat the resources as read-only: equal parts are shared between them.
 */
export function* generateHospital(options: DemoOptions): Generator<Resource[]> {
  const staff = createStaff(options.seed);
  let waiting: Resource[] = [...hospitalResources(), ...staffResources(options.seed, staff)];
  for (const chart of charts(options, staff)) {
    waiting = waiting.length === 0 ? chart : waiting.concat(chart);
    while (waiting.length >= batchSize) {
      yield waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
    }
  }
  if (waiting.length > 0) yield waiting;
}

function* charts(options: DemoOptions, staff: Staff): Generator<Resource[]> {
  const told = Object.values(stories);
  for (let i = 0; i < options.patients; i++) {
    const story = told[i];
    yield story === undefined ? randomChart(options, staff, i).resources : storyChart(options, staff, story).resources;
  }
}

function storyChart({ seed, now }: DemoOptions, staff: Staff, story: Story): Chart {
  const [family, ...given] = story.name.split(' ') as [string, ...string[]];
  const born = parseLocal(typeof story.born === 'string' ? story.born : dateText(now - story.born * day));
  const chart = openChart({
    ...story, key: story.id, now, depth: 'full', staff, facility: mainFacility, dice: createDice(seed, story.id), insurance: insuranceClass(story.insurance),
    person: { name: personName(family, ...given), sex: story.sex, born, people: story.people ?? 'Kinh' },
  });
  story.write(chart);
  return chart;
}

function randomChart({ seed, now, depth = 'full' }: DemoOptions, staff: Staff, index: number): Chart {
  const dice = createDice(seed, `patient ${index}`);
  const people = pickPeople(dice);
  const key = `bn-${String(index).padStart(6, '0')}`;
  const chart = openChart({ key, person: pickPerson(dice, now, people), dice, now, depth, staff, facility: dice.chance(0.7) ? mainFacility : branchFacility });
  liveCourse(chart);
  return chart;
}
