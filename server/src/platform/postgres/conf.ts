// The settings of the embedded PostgreSQL. Measured ones are marked; the others are judgement (docs/decisions/0003).
import { totalmem } from 'node:os';

export interface ConfOptions {
  /** Folder of the Unix socket; undefined: none. */
  readonly socketFolder: string | undefined;
  /** Port on 127.0.0.1; undefined: no TCP. */
  readonly tcpPort: number | undefined;
  /** Shared buffers in MiB; 0: from the memory of the machine. */
  readonly memoryMb: number;
  readonly maxConnections: number;
  /** False only where data may be lost, in tests. */
  readonly durable: boolean;
}

/** The port in the name of the socket when there is no TCP. */
export const SOCKET_PORT = 5432;

/** The text of sen.conf, which the cluster's postgresql.conf includes. */
export function confText(options: ConfOptions): string {
  const memory = machineMemoryMb();
  const shared = options.memoryMb > 0 ? options.memoryMb : Math.max(32, Math.min(4096, Math.floor(memory / 4)));
  const rows: [string, string | number][] = [
    ['listen_addresses', options.tcpPort === undefined ? '' : '127.0.0.1'],
    ['port', options.tcpPort ?? SOCKET_PORT],
    ['unix_socket_directories', options.socketFolder ?? ''],
    ['unix_socket_permissions', '0700'],
    ['max_connections', options.maxConnections],
    ['shared_buffers', `${shared}MB`], // 25 % of RAM: large counts 2 to 3 times faster than with 128 MB (measured)
    ['effective_cache_size', `${Math.floor(memory * 0.6)}MB`],
    ['work_mem', '32MB'],
    ['maintenance_work_mem', `${Math.max(64, Math.min(1024, Math.floor(memory / 16)))}MB`],
    ['max_wal_size', '8GB'],
    ['min_wal_size', '256MB'],
    ['checkpoint_timeout', '15min'],
    ['wal_compression', 'pglz'], // WAL 1.2 to 2.1 times smaller (measured); this build has neither lz4 nor zstd
    // statistics must follow a morning's load within seconds: without them a chained search took 5 ms instead of 1
    ['autovacuum_naptime', '10s'],
    ['autovacuum_vacuum_insert_scale_factor', 0.02],
    ['autovacuum_analyze_scale_factor', 0.02],
    ['password_encryption', 'scram-sha-256'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['lc_messages', 'C'],
    // The log must hold no patient data: no statement of a failed query, no DETAIL with the values of a row.
    ['log_min_error_statement', 'panic'],
    ['log_error_verbosity', 'terse'],
    ['log_checkpoints', 'off'],
    ...durability(options.durable),
  ];
  return `# Written by Sen at every start; your own settings belong in custom.conf beside this file.\n${rows.map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`).join('\n')}\n`;
}

function durability(durable: boolean): [string, string | number][] {
  if (durable) return [['synchronous_commit', 'on'], ['fsync', 'on'], ['full_page_writes', 'on']];
  return [['synchronous_commit', 'off'], ['fsync', 'off'], ['full_page_writes', 'off'], ['autovacuum', 'off']];
}

function machineMemoryMb(): number {
  const limit = process.constrainedMemory(); // memory of the container, 0 or absurdly large without one
  const total = totalmem();
  return Math.floor((limit > 0 && limit < total ? limit : total) / 1024 / 1024);
}
