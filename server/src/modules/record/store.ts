// Every query of the record, apart from search: loading, storing, history and the feed of changes.
export { newId } from '@sen/fhir';
export { countUnindexed, fullTextFollower, keepTexts, unindexedTexts, type TextRow, type Unindexed } from './store/full-text.ts';
export { changesAfter, continueLineage, feedStart, type FeedChange } from './store/feed.ts';
export { lockFollower, moveFollower } from './store/followers.ts';
export { lockQueries } from './store/locks.ts';
export { historyCount, historyPage, historyRows, pageOf, type HistoryPage, type HistoryQuery, type Placed } from './store/history.ts';
export { loadIndexStates, lockIndexForm, reindexChannel, requestWalks, seeWalks, setIndexForm, typesWalkedThrough, type IndexState } from './store/index-state.ts';
export { indexOf, indexZone, setIndexZone } from './store/index-zone.ts';
export { loadCurrent, loadCurrents, loadDeletion, loadLastContents, loadVersion } from './store/load.ts';
export { loadVersions, type VersionRef } from './store/load-versions.ts';
export { loadDefinitions, loadDefinitionsOf, loadRivals, loadTypesByUrl, replaceDefinitions } from './store/search-parameters.ts';
export { storeChanges } from './store/store-changes.ts';
export { idsOfKeys, loadStored } from './store/stored.ts';
export type { Change, Current, Method, Version, Writer } from './store/types.ts';
