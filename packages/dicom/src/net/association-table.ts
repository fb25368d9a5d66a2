// The state machine of the upper layer: DICOM PS3.8 2024e, 9.2, table 9-10, cell by cell, with its own names.

export type State = 'Sta1' | 'Sta2' | 'Sta3' | 'Sta4' | 'Sta5' | 'Sta6' | 'Sta7' | 'Sta8' | 'Sta9' | 'Sta10' | 'Sta11' | 'Sta12' | 'Sta13';

export type Action =
  | 'AE-1' | 'AE-2' | 'AE-3' | 'AE-4' | 'AE-5' | 'AE-6' | 'AE-7' | 'AE-8'
  | 'DT-1' | 'DT-2'
  | 'AR-1' | 'AR-2' | 'AR-3' | 'AR-4' | 'AR-5' | 'AR-6' | 'AR-7' | 'AR-8' | 'AR-9' | 'AR-10'
  | 'AA-1' | 'AA-2' | 'AA-3' | 'AA-4' | 'AA-5' | 'AA-6' | 'AA-7' | 'AA-8';

type Row = Readonly<Partial<Record<State, Action>>>;

/** Where a PDU that belongs to another state is answered alike: provider abort in every state with an association. */
const wrong = { Sta2: 'AA-1', Sta3: 'AA-8', Sta5: 'AA-8', Sta6: 'AA-8', Sta7: 'AA-8', Sta8: 'AA-8', Sta9: 'AA-8', Sta10: 'AA-8', Sta11: 'AA-8', Sta12: 'AA-8', Sta13: 'AA-6' } as const;
const ours = { Sta6: 'AA-1', Sta7: 'AA-1', Sta8: 'AA-1', Sta9: 'AA-1', Sta10: 'AA-1', Sta11: 'AA-1', Sta12: 'AA-1' } as const;
const theirs = { Sta5: 'AA-3', Sta6: 'AA-3', Sta7: 'AA-3', Sta8: 'AA-3', Sta9: 'AA-3', Sta10: 'AA-3', Sta11: 'AA-3', Sta12: 'AA-3' } as const;
const lost = { Sta4: 'AA-4', Sta5: 'AA-4', Sta6: 'AA-4', Sta7: 'AA-4', Sta8: 'AA-4', Sta9: 'AA-4', Sta10: 'AA-4', Sta11: 'AA-4', Sta12: 'AA-4' } as const;

const table = {
  'associate-request': { Sta1: 'AE-1' }, // Evt1
  'transport-confirm': { Sta4: 'AE-2' }, // Evt2
  'accept-pdu': { ...wrong, Sta5: 'AE-3' }, // Evt3
  'reject-pdu': { ...wrong, Sta5: 'AE-4' }, // Evt4
  'transport-indication': { Sta1: 'AE-5' }, // Evt5
  'request-pdu': { ...wrong, Sta2: 'AE-6', Sta13: 'AA-7' }, // Evt6
  'associate-accept': { Sta3: 'AE-7' }, // Evt7
  'associate-reject': { Sta3: 'AE-8' }, // Evt8
  'data-request': { Sta6: 'DT-1', Sta8: 'AR-7' }, // Evt9
  'data-pdu': { ...wrong, Sta6: 'DT-2', Sta7: 'AR-6' }, // Evt10
  'release-request': { Sta6: 'AR-1' }, // Evt11
  'release-request-pdu': { ...wrong, Sta6: 'AR-2', Sta7: 'AR-8' }, // Evt12
  'release-reply-pdu': { ...wrong, Sta7: 'AR-3', Sta10: 'AR-10', Sta11: 'AR-3' }, // Evt13
  'release-response': { Sta8: 'AR-4', Sta9: 'AR-9', Sta12: 'AR-4' }, // Evt14
  'abort-request': { ...ours, Sta3: 'AA-1', Sta4: 'AA-2', Sta5: 'AA-1' }, // Evt15
  'abort-pdu': { ...theirs, Sta2: 'AA-2', Sta3: 'AA-3', Sta13: 'AA-2' }, // Evt16
  'transport-closed': { ...lost, Sta2: 'AA-5', Sta3: 'AA-4', Sta13: 'AR-5' }, // Evt17
  'timer-expired': { Sta2: 'AA-2', Sta13: 'AA-2' }, // Evt18
  'invalid-pdu': { ...wrong, Sta13: 'AA-7' }, // Evt19
} as const satisfies Record<string, Row>;

export type Event = keyof typeof table;

/** The action of a cell; undefined where the standard leaves it empty. */
export function actionFor(event: Event, state: State): Action | undefined {
  const row: Row = table[event];
  return row[state];
}

/** The state after an action; a collision of releases (AR-8) depends on who asked for the association. */
export function stateAfter(action: Action, isRequestor: boolean): State {
  return action === 'AR-8' ? (isRequestor ? 'Sta9' : 'Sta10') : after[action];
}

const after: Readonly<Record<Exclude<Action, 'AR-8'>, State>> = {
  'AE-1': 'Sta4', 'AE-2': 'Sta5', 'AE-3': 'Sta6', 'AE-4': 'Sta1', 'AE-5': 'Sta2', 'AE-6': 'Sta3', 'AE-7': 'Sta6', 'AE-8': 'Sta13',
  'DT-1': 'Sta6', 'DT-2': 'Sta6',
  'AR-1': 'Sta7', 'AR-2': 'Sta8', 'AR-3': 'Sta1', 'AR-4': 'Sta13', 'AR-5': 'Sta1', 'AR-6': 'Sta7', 'AR-7': 'Sta8', 'AR-9': 'Sta11', 'AR-10': 'Sta12',
  'AA-1': 'Sta13', 'AA-2': 'Sta1', 'AA-3': 'Sta1', 'AA-4': 'Sta1', 'AA-5': 'Sta1', 'AA-6': 'Sta13', 'AA-7': 'Sta13', 'AA-8': 'Sta13',
};
