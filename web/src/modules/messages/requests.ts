import type * as contracts from '@sen/contracts';
import type { MessageWording } from '@sen/contracts';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

const messagesKey = 'messages';
const templatesKey = 'message-templates';
const refreshMs = 15_000;

export type Shown = 'all' | 'waiting' | 'sent' | 'trouble';

export function useMessages(state: Shown, template: string) {
  return useInfiniteQuery({
    queryKey: [messagesKey, state, template],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listMessages>('GET', '/api/messages', { state, ...(template !== '' && { template }), ...(pageParam !== '' && { after: pageParam }) }, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next, placeholderData: keepPreviousData, refetchInterval: refreshMs,
  });
}

export function useResend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (messageId: string) => call<typeof contracts.resendMessage>('POST', '/api/messages/:messageId/resend', { messageId }),
    onSettled: () => queries.invalidateQueries({ queryKey: [messagesKey] }),
  });
}

export function useTemplates() {
  return useQuery({ queryKey: [templatesKey], queryFn: ({ signal }) => call<typeof contracts.listMessageTemplates>('GET', '/api/message-templates', {}, signal) });
}

export interface TemplateChange {
  readonly code: string;
  readonly vi?: MessageWording;
  readonly en?: MessageWording;
  readonly from?: string;
  readonly zaloTemplate?: string;
}

export function useTemplateChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: TemplateChange) => call<typeof contracts.changeMessageTemplate>('PUT', '/api/message-templates/:code', change),
    onSuccess: () => queries.invalidateQueries({ queryKey: [templatesKey] }),
  });
}

/** What people would get; asked again as one types. */
export function usePreview(code: string, language: 'vi' | 'en', wording: MessageWording) {
  return useQuery({
    queryKey: ['message-preview', code, language, wording], enabled: wording.sms !== '', placeholderData: keepPreviousData, staleTime: Infinity, retry: false,
    queryFn: ({ signal }) => call<typeof contracts.previewMessageTemplate>('POST', '/api/message-templates/:code/preview', { code, language, wording }, signal),
  });
}
