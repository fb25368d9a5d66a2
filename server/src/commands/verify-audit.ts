// `npm run sen -- verify-audit`: proves that the audit is whole, or names the first broken link.
import { parseArgs } from 'node:util';
import { recordAudit, verifyAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- verify-audit [tùy chọn / options]
  --anchors FILE       điểm neo do nơi khác giữ / anchors kept elsewhere (SEN_AUDIT_ANCHOR_FILE)
  --public-key FILE    khóa công khai đã ký điểm neo / public key that signed them, PEM (of this house)
`;

/** Ends with 0 when the audit is whole, 3 when a link is broken, 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const began = performance.now();
  const progress = (entries: number) => void (entries % 100_000 === 0 && process.stderr.write(`${entries}…\n`));
  const { entries, anchors, waiting, broken } = await withHouse(readSettings(process.env), async (house) => {
    const proof = await verifyAudit(house, { ...asked, progress });
    await recordAudit(house.systemWork(), { kind: 'audit', action: 'E', door: 'sen verify-audit', outcome: proof.broken === undefined ? 'success' : 'failed', detail: { entries: proof.entries, broken: proof.broken?.seq ?? 0 } });
    return proof;
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (broken !== undefined) {
    process.stdout.write(`HỎNG ở mục ${broken.seq}: ${broken.vi}.\nBROKEN at entry ${broken.seq}: ${broken.en}.\nTrước đó nguyên vẹn: ${entries} mục. / Whole before it: ${entries} entries.\n`);
    return 3;
  }
  process.stdout.write(`Nguyên vẹn: ${entries} mục, ${anchors} điểm neo khớp, ${waiting} mục đang chờ chuyển, ${seconds} s.\nWhole: ${entries} entries, ${anchors} anchors hold, ${waiting} waiting to be moved, ${seconds} s.\n`);
  return 0;
}

function readCommand(args: string[]): { anchors?: string; publicKey?: string } | undefined {
  try {
    const { values } = parseArgs({ args, options: { anchors: { type: 'string' }, 'public-key': { type: 'string' } } });
    const { anchors, 'public-key': publicKey } = values;
    return { ...(anchors === undefined ? {} : { anchors }), ...(publicKey === undefined ? {} : { publicKey }) };
  } catch {
    return undefined;
  }
}
