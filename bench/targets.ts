// What we set out to reach, and what Medplum reached: facts, measured on a 2-core, 24 GiB machine shared with the load generator.

export interface Target {
  /** Row of the bench (record/rows.ts). */
  readonly row: string;
  /** Our target: CPU ms a request, server and PostgreSQL together; for the transaction, a resource. */
  readonly cpuMs: number;
  /** Our target for the rate, resources/s, where one is set. */
  readonly resourcesPerSecond?: number;
  /** Medplum 5.0 with PostgreSQL 15 and Redis, on the same kind of machine. */
  readonly medplum: Medplum;
}

export interface Medplum {
  readonly serverMs: number;
  readonly postgresMs: number;
  /** Requests/s with 1 client; for the transaction, resources/s. */
  readonly rateAlone?: number;
  /** Requests/s with `clients` clients; for the transaction, resources/s. */
  readonly rate: number;
  readonly clients: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

export const targets: readonly Target[] = [
  { row: 'create', cpuMs: 1.2, medplum: { serverMs: 4.2, postgresMs: 2.2, rateAlone: 130, rate: 311, clients: 16, p50Ms: 49, p99Ms: 93 } },
  { row: 'read', cpuMs: 0.3, medplum: { serverMs: 1.3, postgresMs: 0.1, rateAlone: 520, rate: 1108, clients: 16, p50Ms: 13, p99Ms: 42 } },
  { row: 'update', cpuMs: 1.5, medplum: { serverMs: 4.5, postgresMs: 3.0, rate: 276, clients: 16, p50Ms: 56, p99Ms: 98 } },
  { row: 'name', cpuMs: 1.0, medplum: { serverMs: 4.7, postgresMs: 1.6, rateAlone: 164, rate: 293, clients: 16, p50Ms: 51, p99Ms: 104 } },
  { row: 'identifier', cpuMs: 0.5, medplum: { serverMs: 1.5, postgresMs: 0.4, rate: 938, clients: 16, p50Ms: 16, p99Ms: 35 } },
  { row: 'observation', cpuMs: 0.8, medplum: { serverMs: 1.7, postgresMs: 1.0, rateAlone: 279, rate: 585, clients: 16, p50Ms: 25, p99Ms: 83 } },
  { row: 'sorted', cpuMs: 1.0, medplum: { serverMs: 3.4, postgresMs: 1.5, rate: 259, clients: 16 } },
  { row: 'revinclude', cpuMs: 2, medplum: { serverMs: 8.2, postgresMs: 1.3, rate: 139, clients: 16 } },
  { row: 'chained', cpuMs: 2, medplum: { serverMs: 4.1, postgresMs: 6.5, rate: 225, clients: 16 } },
  { row: 'everything', cpuMs: 8, medplum: { serverMs: 17, postgresMs: 67, rate: 26, clients: 4 } },
  {
    row: 'transaction',
    cpuMs: 0.5,
    resourcesPerSecond: 2000,
    medplum: { serverMs: 2.6, postgresMs: 2.1, rateAlone: 201, rate: 344, clients: 16 },
  },
];
