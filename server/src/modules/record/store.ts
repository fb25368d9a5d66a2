// Every query of the record, apart from search: loading, storing, history and the feed of changes.
export { newId } from '@sen/fhir';
export { everythingPage, type EverythingPage, type EverythingQuery } from './store/everything.ts';
export { changesAfter, continueLineage, feedStart, type FeedChange } from './store/feed.ts';
export { lockFollower, moveFollower } from './store/followers.ts';
export { lockQueries } from './store/locks.ts';
export { historyCount, historyPage, type HistoryPage, type HistoryQuery } from './store/history.ts';
export { indexZone, setIndexZone } from './store/index-zone.ts';
export { loadCurrent, loadCurrents, loadVersion } from './store/load.ts';
export { storeChanges } from './store/store-changes.ts';
export type { Change, Current, Method, Version } from './store/types.ts';
