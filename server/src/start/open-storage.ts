// The PostgreSQL of the house: the embedded one of the data folder, or the one that DATABASE_URL names.
import pg from 'pg';
import type { Settings } from '../platform/config.ts';
import { readyDatabase, startEmbedded } from '../platform/postgres/embedded.ts';
import { Refusal } from '../platform/refusal.ts';
import type { RefusalText } from '../platform/refusal.ts';

export interface Storage {
  /** With the password: never show it. */
  readonly url: string;
  readonly kind: 'embedded' | 'outside';
  stop(): Promise<void>;
}

const DATABASE = 'sen';
// Jobs, commands and administrators beside the pool.
const SPARE_CONNECTIONS = 20;

/** Opens the storage; the caller holds the data folder. Refuses a DATABASE_URL that leads nowhere. */
export async function openStorage(settings: Settings, say: (text: RefusalText) => void): Promise<Storage> {
  if (settings.databaseUrl !== '') {
    await tryOutside(settings.databaseUrl);
    return { url: settings.databaseUrl, kind: 'outside', stop: async () => undefined };
  }
  const embedded = await startEmbedded({
    dataFolder: settings.data,
    user: settings.postgresUser,
    tcpPort: settings.postgresPort,
    memoryMb: settings.postgresMemoryMb,
    maxConnections: settings.databaseConnections + SPARE_CONNECTIONS,
    durable: true,
    say,
  });
  try {
    await readyDatabase(embedded.urlOf('postgres'), DATABASE);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.urlOf(DATABASE), kind: 'embedded', stop: () => embedded.stop() };
}

async function tryOutside(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(url, error as NodeJS.ErrnoException);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function unreachable(url: string, error: NodeJS.ErrnoException): Refusal {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port === '' ? '5432' : port}${pathname}`;
  const reason = reasons[error.code ?? ''] ?? { vi: `lỗi ${error.code ?? 'kết nối'}`, en: `error ${error.code ?? 'while connecting'}` };
  return new Refusal('unavailable', 'platform.database-unreachable', {
    vi: `DATABASE_URL: không nối được tới PostgreSQL tại ${where}: ${reason.vi}.`,
    en: `DATABASE_URL: cannot connect to PostgreSQL at ${where}: ${reason.en}.`,
  });
}

const reasons: Readonly<Record<string, RefusalText>> = {
  ECONNREFUSED: { vi: 'không có gì lắng nghe ở đó', en: 'nothing listens there' },
  ENOTFOUND: { vi: 'không tìm thấy tên máy', en: 'the host name is unknown' },
  EAI_AGAIN: { vi: 'không tìm thấy tên máy', en: 'the host name cannot be looked up' },
  ETIMEDOUT: { vi: 'máy không trả lời', en: 'the host does not answer' },
  EHOSTUNREACH: { vi: 'không có đường tới máy đó', en: 'there is no route to the host' },
  ECONNRESET: { vi: 'kết nối bị ngắt', en: 'the connection was cut' },
  '28P01': { vi: 'sai mật khẩu', en: 'the password is wrong' },
  '28000': { vi: 'người dùng không được phép', en: 'the user may not connect' },
  '3D000': { vi: 'cơ sở dữ liệu đó không tồn tại', en: 'that database does not exist' },
  '53300': { vi: 'hết chỗ kết nối', en: 'it has no connection left' },
  '57P03': { vi: 'PostgreSQL đang khởi động', en: 'it is still starting' },
};
