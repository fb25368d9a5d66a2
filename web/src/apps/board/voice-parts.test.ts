import { describe, expect, it } from 'vitest';
import { partsOf } from './voice-parts.ts';

const ours = new Set(['moi-so', 'den-phong', 'den-quay', ...'abcdefghijklmnopqrstuvwxyz0123456789']);
const room = { id: 'sen-hong-205', name: 'Phòng 205', short: '205' };

describe('A call in recorded parts', () => {
  it('says the number digit by digit, then the room', () => {
    expect(partsOf('A0042', room, ours)).toEqual(['moi-so', 'a', '0', '0', '4', '2', 'den-phong', '2', '0', '5']);
  });
  it('names a counter, and spells what stands on it', () => {
    expect(partsOf('U0007', { id: 'sen-hong-tn1', name: 'Quầy thu ngân 1', short: 'TN1' }, ours)).toEqual(['moi-so', 'u', '0', '0', '0', '7', 'den-quay', 't', 'n', '1']);
  });
  it('takes the hospital’s own recording of a place', () => {
    expect(partsOf('B0003', room, new Set([...ours, 'noi-sen-hong-205']))).toEqual(['moi-so', 'b', '0', '0', '0', '3', 'noi-sen-hong-205']);
  });
  it('says nothing rather than half', () => expect(partsOf('A0042', room, new Set([...ours].filter((part) => part !== '4')))).toBeUndefined());
});
