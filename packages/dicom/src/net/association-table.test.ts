import { describe, expect, it } from 'vitest';
import { actionFor, stateAfter, type Event, type State } from './association-table.ts';

// Table 9-10 as it is printed: a row an event, a column a state from Sta1 to Sta13.
const printed = `
associate-request    AE-1 .    .    .    .    .    .    .    .    .     .    .    .
transport-confirm    .    .    .    AE-2 .    .    .    .    .    .     .    .    .
accept-pdu           .    AA-1 AA-8 .    AE-3 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6
reject-pdu           .    AA-1 AA-8 .    AE-4 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6
transport-indication AE-5 .    .    .    .    .    .    .    .    .     .    .    .
request-pdu          .    AE-6 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-7
associate-accept     .    .    AE-7 .    .    .    .    .    .    .     .    .    .
associate-reject     .    .    AE-8 .    .    .    .    .    .    .     .    .    .
data-request         .    .    .    .    .    DT-1 .    AR-7 .    .     .    .    .
data-pdu             .    AA-1 AA-8 .    AA-8 DT-2 AR-6 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6
release-request      .    .    .    .    .    AR-1 .    .    .    .     .    .    .
release-request-pdu  .    AA-1 AA-8 .    AA-8 AR-2 AR-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6
release-reply-pdu    .    AA-1 AA-8 .    AA-8 AA-8 AR-3 AA-8 AA-8 AR-10 AR-3 AA-8 AA-6
release-response     .    .    .    .    .    .    .    AR-4 AR-9 .     .    AR-4 .
abort-request        .    .    AA-1 AA-2 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1  AA-1 AA-1 .
abort-pdu            .    AA-2 AA-3 .    AA-3 AA-3 AA-3 AA-3 AA-3 AA-3  AA-3 AA-3 AA-2
transport-closed     .    AA-5 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4  AA-4 AA-4 AR-5
timer-expired        .    AA-2 .    .    .    .    .    .    .    .     .    .    AA-2
invalid-pdu          .    AA-1 AA-8 .    AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-7`;

describe('the state machine of DICOM PS3.8 2024e, table 9-10', () => {
  const rows = printed.trim().split('\n').map((line) => line.split(/\s+/));

  it.each(rows)('%s', (event, ...cells) => {
    const ours = cells.map((_cell, column) => actionFor(event as Event, `Sta${column + 1}` as State) ?? '.');
    expect(ours).toEqual(cells);
  });

  it('goes to another state in a collision of releases by who asked for the association', () => {
    expect([stateAfter('AR-8', true), stateAfter('AR-8', false)]).toEqual(['Sta9', 'Sta10']);
  });
});
