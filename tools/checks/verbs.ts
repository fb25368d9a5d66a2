// The verbs a use case may start with: the first word of its file name tells the fence that it may reach the database.
// One thing, one name: before adding a verb, look whether one of these says it.

export const verbs = [
  'accept', 'add', 'admit', 'amend', 'announce', 'answer', 'approve', 'ask', 'assign', 'authenticate', 'authorize', 'batch', 'begin',
  'book', 'break', 'call', 'cancel', 'change', 'charge', 'check', 'claim', 'close', 'collect', 'complete', 'confirm', 'consent', 'count',
  'create', 'decide', 'delete', 'deliver', 'discharge', 'dispense', 'end', 'evaluate', 'everything', 'expand', 'export', 'find', 'follow',
  'forward', 'give', 'grant', 'hand', 'hold', 'import', 'invoice', 'issue', 'keep', 'link', 'list', 'load', 'lock', 'look', 'match', 'merge', 'move', 'notify',
  'open', 'order', 'patch', 'pay', 'plan', 'prescribe', 'print', 'purge', 'queue', 'read', 'receive', 'recall', 'reconcile', 'record', 'refund',
  'register', 'reindex', 'reject', 'release', 'remove', 'report', 'request', 'reserve', 'resolve', 'resume', 'return', 'review', 'revoke', 'run',
  'schedule', 'seal', 'search', 'seed', 'send', 'show', 'sign', 'start', 'stop', 'submit', 'suggest', 'summarize', 'take', 'tell', 'test', 'transact', 'transfer',
  'translate', 'unmerge', 'update', 'verify', 'view', 'vread', 'withdraw', 'write',
] as const;
