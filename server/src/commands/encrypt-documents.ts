// `npm run sen -- encrypt-documents`: documents of the record that were stored before Sen encrypted them.
import { parseArgs } from 'node:util';
import { sealDocuments, type SealingProgress } from '../modules/record/index.ts';
import { recordAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { untilStopped } from '../start/until-stopped.ts';
import { withHouse } from '../start/with-house.ts';

const LINE_EVERY_MS = 5_000;

/** Encrypts beside a server that may run. Ends with 0 when all is done, 1 for a wrong command, 130 when stopped by a person. */
export async function run(args: string[]): Promise<number> {
  if (!takesNothing(args)) {
    process.stderr.write('npm run sen -- encrypt-documents\n');
    return 1;
  }
  const stopping = new AbortController();
  void untilStopped().then(() => stopping.abort());
  const end = await withHouse(readSettings(process.env), async (house) => {
    const done = await sealDocuments(house.systemWork, lines(), stopping.signal);
    await recordAudit(house.systemWork(), { kind: 'key', action: 'U', door: 'sen encrypt-documents', detail: { seen: done.seen, sealed: done.sealed, ended: done.ended } });
    return done;
  });
  process.stdout.write(`${end.seen} phiên bản đã xem, ${end.sealed} tài liệu đã mã hóa. / ${end.seen} versions looked at, ${end.sealed} documents encrypted.\n`);
  if (end.ended) return 0;
  process.stdout.write('Đã dừng; máy chủ sẽ làm tiếp. / Stopped; the server goes on with it.\n');
  return 130;
}

function takesNothing(args: string[]): boolean {
  try {
    parseArgs({ args, options: {} });
    return true;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return false;
  }
}

function lines(): (progress: SealingProgress) => void {
  let told = Date.now();
  return ({ seen, sealed }) => {
    if (Date.now() - told < LINE_EVERY_MS) return;
    told = Date.now();
    process.stderr.write(`${seen} phiên bản / versions, ${sealed} đã mã hóa / encrypted\n`);
  };
}
