export type { Depth } from './chart.ts';
export { type DemoOptions, generateHospital } from './generate-hospital.ts';
export { type StoryKey, storyPatients } from './stories/stories.ts';
export { systems as demoSystems } from './systems.ts';
