// Who numbers people here.
import { identifierSystems } from '@sen/vietnam';

export const systems = {
  ...identifierSystems,
  hospitalNumber: 'urn:sen:sid:hospital-number',
  /** With the country's code of two letters behind it. */
  passport: 'urn:sen:sid:passport:',
} as const;
