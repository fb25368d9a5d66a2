// Every refusal of subscriptions. Codes are stable and listed in docs/refusals.md.
import { Refusal } from '../../platform/refusal.ts';

type Issues = ConstructorParameters<typeof Refusal>[3];

function issue(code: string, diagnostics: string, expression?: string): Issues {
  return [{ severity: 'error', code, diagnostics, ...(expression === undefined ? {} : { expression }) }];
}

export function unsupportedChannel(type: string): Refusal {
  return new Refusal('rule', 'subscriptions.unsupported-channel', { vi: 'Kênh thông báo này chưa được hỗ trợ.', en: 'This channel is not supported.' },
    issue('not-supported', `Channel type "${type}" is not supported: use rest-hook or websocket.`, 'Subscription.channel.type'));
}

export function unsupportedPayload(expected: string): Refusal {
  return new Refusal('rule', 'subscriptions.unsupported-payload', { vi: 'Không hỗ trợ định dạng nội dung này.', en: 'This payload is not supported.' },
    issue('not-supported', `The payload can be ${expected}.`, 'Subscription.channel.payload'));
}

export function badSubscription(diagnostics: string, expression: string): Refusal {
  return new Refusal('rule', 'subscriptions.bad-subscription', { vi: 'Đăng ký thông báo không hợp lệ.', en: 'The subscription is not valid.' },
    issue('value', diagnostics, expression));
}

/** `why` comes from the search itself, and names parameters only. */
export function badCriteria(why: string, expression = 'Subscription.criteria'): Refusal {
  return new Refusal('rule', 'subscriptions.bad-criteria', { vi: 'Không hiểu tiêu chí của đăng ký thông báo.', en: 'The criteria are not understood.' },
    issue('value', `The criteria must be a search such as Observation?code=…: ${why}`, expression));
}

export function unknownTopic(): Refusal {
  return new Refusal('rule', 'subscriptions.unknown-topic', { vi: 'Không có chủ đề này.', en: 'There is no such topic.' },
    issue('not-found', 'The criteria name no SubscriptionTopic of this server; see the Subscription entry of /metadata.', 'Subscription.criteria'));
}

export function badFilter(why: string): Refusal {
  return new Refusal('rule', 'subscriptions.bad-filter', { vi: 'Bộ lọc của chủ đề không hợp lệ.', en: 'The filter of the topic is not valid.' },
    issue('value', why, 'Subscription.criteria.extension'));
}

export function hostNotAllowed(): Refusal {
  return new Refusal('rule', 'subscriptions.host-not-allowed', { vi: 'Máy nhận thông báo chưa được cho phép (SEN_HOOK_HOSTS).', en: 'The host of the endpoint is not allowed (SEN_HOOK_HOSTS).' },
    issue('security', 'Notifications go only to hosts that the setting SEN_HOOK_HOSTS names; private addresses only when named themselves.', 'Subscription.channel.endpoint'));
}

export function badTopic(why: string): Refusal {
  return new Refusal('rule', 'subscriptions.bad-topic', { vi: 'Định nghĩa chủ đề không hợp lệ.', en: 'The definition of the topic is not valid.' },
    issue('value', why, 'Basic.extension'));
}

export function topicTaken(): Refusal {
  return new Refusal('rule', 'subscriptions.topic-taken', { vi: 'Địa chỉ của chủ đề đã có chủ đề khác dùng.', en: 'Another topic has this canonical URL.' },
    issue('duplicate', 'The canonical URL belongs to another topic.', 'Basic.extension'));
}

export function unknownSubscription(): Refusal {
  return new Refusal('not-found', 'subscriptions.unknown-subscription', { vi: 'Không có đăng ký thông báo này.', en: 'There is no such subscription.' });
}

export function onlyTopics(): Refusal {
  return new Refusal('rule', 'subscriptions.only-topics', { vi: 'Thao tác này chỉ dùng cho đăng ký theo chủ đề.', en: 'This operation is for subscriptions to topics.' });
}

export function onlyWebsockets(): Refusal {
  return new Refusal('rule', 'subscriptions.only-websockets', { vi: 'Thao tác này chỉ dùng cho kênh websocket.', en: 'This operation is for subscriptions over websocket.' });
}
