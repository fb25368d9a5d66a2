export { readFoundation } from './read-foundation.ts';
