// When somebody who was expected and has not come counts as a no-show. Data: a hospital that must follow another text changes this table and the setting.

export interface MissedRule {
  readonly code: 'session-ended' | 'minutes-after-start';
  readonly vi: string;
  readonly en: string;
  readonly source: string;
}

/** HL7 FHIR R4 gives the meaning of the status and no time: when it is reached is the hospital’s own. We know of no Vietnamese text that sets one. */
const status = 'HL7 FHIR R4, AppointmentStatus#noshow; thời điểm do bệnh viện tự quy định';

const rules: Readonly<Record<MissedRule['code'], MissedRule>> = {
  'session-ended': { code: 'session-ended', vi: 'Chưa đến khi buổi khám kết thúc', en: 'Not here when the session ended', source: status },
  'minutes-after-start': { code: 'minutes-after-start', vi: 'Quá giờ hẹn số phút bệnh viện đặt', en: 'Later than the minutes the hospital set', source: status },
};

export interface Expected {
  readonly start: Date;
  /** What the patient was told when the room ran late. */
  readonly toldFrom: Date | null;
  readonly sessionUntil: Date;
}

/** By which rule somebody who has not come is a no-show now; undefined while they may still come. With 0 minutes only the end of the session counts. */
export function missedBy({ start, toldFrom, sessionUntil }: Expected, minutes: number, now: number): MissedRule | undefined {
  if (sessionUntil.getTime() < now) return rules['session-ended'];
  const from = Math.max(start.getTime(), toldFrom?.getTime() ?? 0);
  return minutes > 0 && from + minutes * 60_000 < now ? rules['minutes-after-start'] : undefined;
}
