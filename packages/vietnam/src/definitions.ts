// Everything that the package publishes, in an order in which each can be read after what it builds on.
import { namingSystems } from './naming-systems.ts';
import { address, communeCode, provinceCode } from './profiles/address.ts';
import { coverage, fiveYears, livingArea, registeredFacility } from './profiles/coverage.ts';
import { encounter, entitlement } from './profiles/encounter.ts';
import { organization } from './profiles/organization.ts';
import { ethnicity, occupation, patient } from './profiles/patient.ts';
import { practitioner } from './profiles/practitioner.ts';
import { valueSets } from './value-sets.ts';

export const structureDefinitions = [
  provinceCode, communeCode, address, ethnicity, occupation, patient, entitlement, encounter,
  registeredFacility, livingArea, fiveYears, coverage, practitioner, organization,
] as const;

/** The resources of the package, with stable ids. */
export const packageResources = [...namingSystems, ...valueSets, ...structureDefinitions] as const;
