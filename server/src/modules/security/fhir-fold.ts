/** Names are compared as the index of the record holds them. */
export { fold } from '@sen/fhir';
