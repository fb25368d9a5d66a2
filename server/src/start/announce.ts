// The last lines of a start: where to go and how to sign in.
import { demoPassword, listDemoAccounts, openSetUp } from '../modules/security/index.ts';
import type { House } from '../platform/module.ts';

/** Reads what is to be told, before anybody is served: a database that is lost a moment later must not end a house that runs. Gives the telling. */
export async function prepareAnnouncement(house: House): Promise<(address: string) => void> {
  const accounts = await listDemoAccounts(house.systemWork());
  const setUp = await openSetUp(house.systemWork());
  return (address) => announce(accounts.map((account) => account.username).join(', '), setUp, address);
}

function announce(names: string, setUp: string | undefined, address: string): void {
  const lines = [
    '',
    `  Sen đang chạy tại / Sen is running at:  ${address}`,
    ...(names === '' ? [] : [
      `  Đăng nhập thử / Try signing in:         ${names}   ·   mật khẩu / password: ${demoPassword}`,
    ]),
    // The code stands behind the #: browsers send that part to nobody, and no log has it.
    ...(setUp === undefined ? [] : [`  Tạo quản trị viên đầu tiên / Make the first administrator:`, `                                          ${address}/setup#${setUp}`]),
    `  FHIR R4:                                ${address}/fhir/R4`,
    '  Dừng / Stop:                            Ctrl-C',
    '',
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
