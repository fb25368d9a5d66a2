// Calls our own API by its contracts. Only their types are used here: no schema reaches the browser.
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '@sen/contracts';

/** A refusal or a fault as the server tells it, in both languages. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: { readonly vi: string; readonly en: string };
  readonly requestId: string | undefined;
  constructor(status: number, code: string, text: { vi: string; en: string }, requestId?: string) {
    super(code);
    this.status = status;
    this.code = code;
    this.text = text;
    this.requestId = requestId;
  }
}

type Input<C extends RouteContract> = ParamsOf<C> & QueryOf<C> & BodyOf<C>;

/** Sends a request: `:name` parts of the path are filled from the input; the rest is the query, or the body of a change. */
export async function call<C extends RouteContract>(method: C['method'], path: C['path'], input: Input<C>, signal?: AbortSignal): Promise<ResponseOf<C>> {
  const rest: Record<string, unknown> = { ...(input as Record<string, unknown>) };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  const changes = method !== 'GET' && method !== 'DELETE';
  const body = changes && Object.keys(rest).length > 0 ? JSON.stringify(rest) : undefined;
  const response = await send(changes ? filled : filled + queryOf(rest), {
    method,
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
    ...(signal !== undefined && { signal }),
  });
  if (response.status === 204) return undefined as ResponseOf<C>;
  if (response.ok) return (await response.json()) as ResponseOf<C>;
  throw await errorOf(response);
}

function queryOf(rest: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'web.no-connection', {
      vi: 'Không kết nối được với máy chủ. Kiểm tra mạng rồi thử lại.',
      en: 'The server cannot be reached. Check the network and try again.',
    });
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const told = (await response.json().catch(() => ({}))) as { code?: string; message?: { vi: string; en: string }; requestId?: string };
  const unknown = { vi: 'Máy chủ gặp lỗi khi trả lời.', en: 'The server failed to answer.' };
  return new ApiError(response.status, told.code ?? `http.${response.status}`, told.message ?? unknown, told.requestId);
}
