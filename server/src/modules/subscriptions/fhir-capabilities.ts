// What /metadata says of subscriptions (R4 subscription.html, "websocket"; Subscriptions R5 Backport 1.1.0, "Topic discovery").
import { backportProfile } from './fhir.ts';
import { knownTopicUrls } from './fhir-topic.ts';
import { socketUrl } from './socket-url.ts';

const topicExtension = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical';
const socketExtension = 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket';

export const capabilities = {
  supportedProfiles: { Subscription: [backportProfile] },
  typeExtensions: { Subscription: knownTopicUrls().map((valueCanonical) => ({ url: topicExtension, valueCanonical })) },
  restExtensions: (base: string): object[] => [{ url: socketExtension, valueUri: socketUrl(base) }],
};
