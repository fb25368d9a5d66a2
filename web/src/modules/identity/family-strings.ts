import type { RelationKind } from '@sen/contracts';

const vi = {
  title: 'Người nhà xin thay mặt',
  lead: (name: string, relation: string) => `${name} xin đặt khám và xem hồ sơ thay người này. Người bệnh là ${relation} của người xin.`,
  papers: 'Cả hai người phải có mặt với giấy tờ, hoặc có giấy ủy quyền.',
  born: 'sinh', citizen: 'CCCD', number: 'Mã', asked: (when: string) => `Gửi ${when}`,
  confirm: 'Đã xem giấy tờ, đồng ý', refuse: 'Từ chối',
  confirmed: (name: string) => `${name} được thay mặt từ bây giờ.`, refused: (name: string) => `Đã từ chối ${name}.`,
  relations: { mother: 'mẹ', father: 'bố', child: 'con', spouse: 'vợ hoặc chồng', sibling: 'anh chị em', grandparent: 'ông bà', grandchild: 'cháu', guardian: 'người giám hộ', other: 'người nhà' } satisfies Record<RelationKind, string>,
};
const en: typeof vi = {
  title: 'A relative asks to act',
  lead: (name, relation) => `${name} asks to book and to see the record for this person. The patient is the ${relation} of who asks.`,
  papers: 'Both must be here with their papers, or a power of attorney.',
  born: 'born', citizen: 'Citizen no.', number: 'No.', asked: (when) => `Asked ${when}`,
  confirm: 'Papers seen, agree', refuse: 'Refuse',
  confirmed: (name) => `${name} may act from now on.`, refused: (name) => `${name} was refused.`,
  relations: { mother: 'mother', father: 'father', child: 'child', spouse: 'wife or husband', sibling: 'brother or sister', grandparent: 'grandparent', grandchild: 'grandchild', guardian: 'guardian', other: 'relative' },
};
export const strings = { vi, en };
