// The front door of the record: what other modules and the edges may use.
export { answerGet, isFresh, type Answer, type Question } from './answer-get.ts';
export type { Failure, Returns } from './bundle/options.ts';
export { writtenOutcome } from './bundle/response.ts';
export { createResource } from './create-resource.ts';
export { deleteMatchingResources, deleteResource, nothingDeleted } from './delete-resource.ts';
export { followChanges, type FeedChange } from './follow-changes.ts';
export { isId } from './identity.ts';
export { importResources, type ImportResult } from './import-resources.ts';
export { patchMatchingResource, patchResource, type Patch } from './patch-resource.ts';
export { readCurrent, readResource } from './read-resource.ts';
export { GoneRefusal } from './refusals.ts';
export { keepDefinitions, type Keeper } from './keep-definitions.ts';
export { runBundle } from './run-bundle.ts';
export { jsonOfAnswer, runOperation } from './run-operation.ts';
export { searchBundle, searchJson, searchResources, type SearchResult } from './search-resources.ts';
export { updateMatchingResource, updateResource } from './update-resource.ts';
export { statusOfWrite, type Written } from './written.ts';
