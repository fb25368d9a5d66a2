import type { ModuleManifest } from '../../platform/module.ts';
import { answerExpand } from './answer-expand.ts';
import { answerLookup } from './answer-lookup.ts';
import { answerSubsumes } from './answer-subsumes.ts';
import { answerTranslate } from './answer-translate.ts';
import { answerValidateCode } from './answer-validate-code.ts';
import { setCalendarZone } from './fhir-day.ts';

const definitions = 'http://hl7.org/fhir/OperationDefinition/';

export const terminology: ModuleManifest = {
  name: 'terminology',
  owns: 'Concepts of code systems, value sets and concept maps: expands, looks up, validates, translates.',
  migrations: new URL('./migrations/', import.meta.url),
  start: async ({ settings }) => setCalendarZone(settings.timeZone),
  operations: [
    { code: 'expand', definition: `${definitions}ValueSet-expand`, needs: 'terminology.use', types: ['ValueSet'], instances: ['ValueSet'], run: answerExpand },
    { code: 'validate-code', definition: `${definitions}ValueSet-validate-code`, needs: 'terminology.use', types: ['ValueSet'], instances: ['ValueSet'], run: answerValidateCode },
    { code: 'validate-code', definition: `${definitions}CodeSystem-validate-code`, needs: 'terminology.use', types: ['CodeSystem'], instances: ['CodeSystem'], run: answerValidateCode },
    { code: 'lookup', definition: `${definitions}CodeSystem-lookup`, needs: 'terminology.use', types: ['CodeSystem'], run: answerLookup },
    { code: 'subsumes', definition: `${definitions}CodeSystem-subsumes`, needs: 'terminology.use', types: ['CodeSystem'], instances: ['CodeSystem'], run: answerSubsumes },
    { code: 'translate', definition: `${definitions}ConceptMap-translate`, needs: 'terminology.use', types: ['ConceptMap'], instances: ['ConceptMap'], run: answerTranslate },
  ],
};
