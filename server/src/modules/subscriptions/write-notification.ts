import type { Work } from '../../platform/work.ts';
import { inForm } from './fhir.ts';
import { writeNotificationJson, type Notice } from './write-notification-json.ts';

/** Writes a notification in the form that the subscription asked for. */
export async function writeNotification(work: Work, notice: Notice): Promise<Buffer> {
  return inForm(await writeNotificationJson(work, notice), notice.subscription.definition.mime);
}
