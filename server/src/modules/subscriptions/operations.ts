// The operations of subscriptions: those of Subscriptions R5 Backport 1.1.0, and two of our own for the administrator.
import type { Operation } from '../../platform/operation.ts';
import { giveEvents } from './give-events.ts';
import { issueBindingToken } from './issue-binding-token.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { releaseDeadLetters } from './release-dead-letters.ts';
import { showStatus } from './show-status.ts';

const backport = 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition';
const own = 'https://sen.vn/fhir/OperationDefinition';
const on = ['Subscription'];

export const operations: readonly Operation[] = [
  { code: 'status', definition: `${backport}/backport-subscription-status`, needs: 'subscription.manage', types: on, instances: on, run: showStatus },
  { code: 'events', definition: `${backport}/backport-subscription-events`, needs: 'subscription.manage', instances: on, run: giveEvents },
  { code: 'get-ws-binding-token', definition: `${backport}/backport-subscription-get-ws-binding-token`, needs: 'subscription.manage', types: on, instances: on, run: issueBindingToken },
  { code: 'dead-letters', definition: `${own}/subscription-dead-letters`, needs: 'subscription.manage', types: on, instances: on, run: listDeadLetters },
  { code: 'replay', definition: `${own}/subscription-replay`, needs: 'subscription.manage', instances: on, affectsState: true, run: releaseDeadLetters },
];
