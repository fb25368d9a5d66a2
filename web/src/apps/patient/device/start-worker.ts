// The service worker (public/sw.js): opens the app without a network, and shows messages while it is closed.
export const workerAddress = '/sw.js';

export function startWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  // Without one the app works as a page; a refusal (private window, no https) is nothing to tell a patient.
  window.addEventListener('load', () => void navigator.serviceWorker.register(workerAddress, { scope: '/app' }).catch(() => undefined));
}
