import { describe, expect, it } from 'vitest';
import { answerMenu, type Spoken } from './answer-menu.ts';
import type { PhoneDesk } from './phone-desk.ts';
import { promptKey } from './prompt-key.ts';
import { prompts } from './prompts.ts';

const appointment = { id: 'hen-1', start: '2026-11-25T01:30:00Z', arriveAt: '2026-11-25T01:15:00Z', room: 'Phòng 205' };

function desk(over: Partial<PhoneDesk> = {}): PhoneDesk & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    findPeople: async (digits) => (digits === '001168012345' ? [{ id: 'hanh', givenName: 'Hạnh' }] : []),
    bornOn: async (_, digits) => digits === '14031968',
    listSpecialties: async () => [{ id: 'noi-tiet', name: 'Khoa Nội tiết' }, { id: 'la', name: 'Một khoa chưa ai đọc' }],
    findStarts: async () => [{ session: 's1', start: '2026-11-25T01:30:00Z', room: 'Phòng 205', doctor: 'BS. Lê Minh Quang' }],
    hold: async () => 'cho-1',
    release: async () => void done.push('release'),
    book: async (hold, patient) => (done.push(`book ${hold} ${patient}`), appointment),
    nextAppointment: async () => appointment,
    cancel: async (id) => (done.push(`cancel ${id}`), true),
    ...over,
  };
}

/** Presses one entry after the other; gives every turn. */
async function call(house: PhoneDesk, ...entries: string[]): Promise<Spoken[]> {
  const turns = [await answerMenu(house, undefined, '')];
  for (const digits of entries) turns.push(await answerMenu(house, turns.at(-1)!.state, digits));
  return turns;
}
const words = (turn: Spoken | undefined) => turn?.say.map((key) => prompts.get(key)).join(' ');

describe('The voice menu', () => {
  it('books: number, name, specialty, time, and tells when to arrive', async () => {
    const house = desk();
    const turns = await call(house, '1', '001168012345', '1', '1', '1', '1');
    expect(words(turns[3])).toBe('Chọn chuyên khoa. Nội tiết bấm phím 1');
    expect(words(turns[4])).toContain('thứ tư ngày 25 tháng 11 8 giờ 30 bác sĩ Quang phòng 2 0 5 bấm phím 1');
    expect(words(turns[6])).toContain('Xin có mặt lúc 8 giờ 15');
    expect(house.done).toEqual(['book cho-1 hanh']);
    expect([turns[6]?.patient, turns[6]?.appointment, turns[6]?.next]).toEqual(['hanh', 'hen-1', 'ask']);
  });

  it('says a given name only, and nothing of an appointment before the birth date', async () => {
    const turns = await call(desk(), '2', '001168012345', '1', '14031968');
    expect(words(turns[2])).toBe('Người bệnh tên là Hạnh Đúng, bấm phím 1. Không đúng, bấm phím 2.');
    expect(turns[3]?.say).toEqual(['enter-birth']);
    expect(words(turns[4])).toContain('Lịch khám sắp tới: thứ tư ngày 25 tháng 11');
  });

  it('gives the call to the operator after three wrong birth dates, however they are mixed with other answers', async () => {
    const house = desk();
    const turns = await call(house, '3', '001168012345', '1', '01011968', '*', '02011968', '#', '001168012345', '1', '03011968');
    expect([turns.at(-1)?.next, house.done]).toEqual(['transfer', []]);
  });

  it('gives the call to the operator after six numbers: it is no way to ask whose numbers are known here', async () => {
    const turns = await call(desk(), '1', ...Array.from({ length: 7 }, () => ['001168012345', '2']).flat());
    const at = turns.findIndex(({ next }) => next === 'transfer');
    expect(turns.slice(0, at).filter(({ say }) => say.includes('the-patient-is'))).toHaveLength(6);
    expect(turns[at]).toMatchObject({ why: 'not-known' });
  });

  it('cancels after the birth date and a confirmation', async () => {
    const house = desk();
    const turns = await call(house, '3', '001168012345', '1', '14031968', '1');
    expect([turns.at(-1)?.say[0], house.done]).toEqual(['cancelled', ['cancel hen-1']]);
  });

  it('asks for the birth date where nobody has recorded the name, and knows no two of one name apart', async () => {
    const odd = await call(desk({ findPeople: async () => [{ id: 'x', givenName: 'Krông' }] }), '1', '0912345678');
    expect(odd.at(-1)?.say).toEqual(['enter-birth']);
    const twins = await call(desk({ findPeople: async () => [{ id: 'x', givenName: 'Mai' }, { id: 'y', givenName: 'Mai' }] }), '1', '0912345678');
    expect(twins.at(-1)).toMatchObject({ next: 'transfer', why: 'not-known' });
  });

  it('repeats with *, goes back with #, gives up after three misses, and gives a chosen seat back', async () => {
    const again = await call(desk(), '*');
    expect(again[1]?.say).toEqual(['main']);
    expect((await call(desk(), '7', '', '7')).at(-1)).toMatchObject({ next: 'transfer', why: 'not-understood' });
    const house = desk();
    const back = await call(house, '1', '001168012345', '1', '1', '1', '#');
    expect([back.at(-1)?.say[0], house.done]).toEqual(['choose-time', ['release']]);
  });

  it('offers other times when somebody was faster, and hands over when nothing is left', async () => {
    const taken = await call(desk({ hold: async () => undefined }), '1', '001168012345', '1', '1', '1');
    expect(taken.at(-1)?.say[0]).toBe('choose-time');
    expect((await call(desk({ findStarts: async () => [] }), '1', '001168012345', '1', '1')).at(-1)).toMatchObject({ next: 'transfer', why: 'nothing-free' });
  });

  it('says nothing that has no prompt', async () => {
    const turns = [...(await call(desk(), '1', '001168012345', '1', '1', '1', '1')), ...(await call(desk(), '3', '001168012345', '1', '14031968', '2', ''))];
    expect(turns.flatMap(({ say }) => say).filter((key) => !prompts.has(key))).toEqual([]);
  });

  it('names the files of prompts in plain letters, tones told apart', () => {
    expect([promptKey('Hạnh'), promptKey('Hành'), promptKey('Nội tiết'), promptKey('Đức'), promptKey('Thương')]).toEqual(['hanhj', 'hanhf', 'nooij-tieets', 'dduwcs', 'thuwowng']);
  });
});
