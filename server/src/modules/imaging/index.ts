// The front door: what other modules may use.
export { studyChanged } from './archive/file-instances.ts';
