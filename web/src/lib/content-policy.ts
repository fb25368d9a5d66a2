// What the page needs so that it runs under the server's Content-Security-Policy (server/src/edges/http/headers.ts).

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string | null; createScriptURL(address: string): string | null }): unknown;
}

/** The nonce of this page, which styles made by libraries must carry. */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}

/**
 * Gives libraries their nonce, and lets text, but no markup, be put where HTML could be (Trusted Types): Mantine writes its variables into a
 * style element that way. No script is ever made from text, and no address of one but `worker`, the page's own service worker.
 */
export function obeyContentPolicy(worker?: string): void {
  (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = pageNonce(); // where react-remove-scroll looks for it
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  factory?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? null : text),
    createScriptURL: (address) => (address === worker ? address : null),
  });
}
