import { expect, it } from 'vitest';
import { modelTime } from './model-time.ts';

it('plays instants in order, however they were asked for, and lets no more than its width be under way', async () => {
  const time = modelTime(1_000, 2, () => undefined);
  const seen: string[] = [];
  let open = 0;
  let most = 0;
  const person = async (name: string, at: number) => {
    await time.until(at);
    seen.push(`${name}@${time.now()}`);
    most = Math.max(most, ++open);
    await time.during(new Promise<void>((resolve) => setTimeout(resolve, 5)));
    open--;
    if (name === 'Bình') await person('Bình lại', at - 500); // late: now
  };
  const all = [person('Chi', 9_000), person('An', 2_000), person('Bình', 5_000), person('Dũng', 5_000)];
  await time.play();
  await Promise.all(all);
  expect(seen).toEqual(['An@2000', 'Bình@5000', 'Dũng@5000', 'Bình lại@5000', 'Chi@9000']);
  expect(most).toBe(2);
});
