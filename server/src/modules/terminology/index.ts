// The front door of terminology: what other modules may ask of codes.
export { conceptsAbove, conceptsBelow } from './find-related-codes.ts';
export { expandForSearch } from './expand-for-search.ts';
export { isCodeIn, type CodeInAnswer } from './check-membership.ts';
export { readCodeSystem } from './fhir-code-system.ts';
export { keepTerminology, keptTypes, type DefinitionChange } from './keep-terminology.ts';
export { findConcepts } from './find-concepts.ts';
export { lookUpDisplay } from './look-up-display.ts';
export { terminologyCapabilities } from './tell-capabilities.ts';
