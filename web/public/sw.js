// The worker of the patient app (/app): the app opens without a network, and messages arrive while it is closed.
// It keeps files of the app only. What concerns a person lies sealed in the page's own store (apps/patient/device) and never here.
const kept = 'sen-app-1';
const page = '/app';

self.addEventListener('install', (event) => event.waitUntil(keepApp().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));

async function keepApp() {
  const cache = await caches.open(kept);
  const files = await (await fetch('/app-files.json', { cache: 'no-cache' })).json();
  await cache.put(page, await fetch(page, { cache: 'no-store' }));
  await cache.addAll([...files, '/mark.svg', '/app-icon-192.png', '/app.webmanifest']);
  const wanted = new Set([page, '/mark.svg', '/app-icon-192.png', '/app.webmanifest', ...files]);
  for (const request of await cache.keys()) if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
}

async function dropOld() {
  for (const name of await caches.keys()) if (name.startsWith('sen-app-') && name !== kept) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === page || pathname.startsWith(`${page}/`)) event.respondWith(openPage(event));
    return;
  }
  if (pathname.startsWith('/assets/')) event.respondWith(fromKept(request));
});

/** A page from the server when it answers in three seconds, else the kept one. A new page means new files: they are fetched beside it. */
async function openPage(event) {
  try {
    const fresh = await fetch(event.request, { signal: AbortSignal.timeout(3000) });
    if (!fresh.ok) throw new Error(String(fresh.status));
    event.waitUntil(renewWhenChanged(fresh.clone()).catch(() => undefined));
    return fresh;
  } catch {
    const cache = await caches.open(kept);
    const old = await cache.match(page);
    return old === undefined ? Response.error() : withNewNonce(old);
  }
}

async function renewWhenChanged(fresh) {
  const cache = await caches.open(kept);
  const old = await cache.match(page);
  const bare = (text) => text.replace(/nonce="[^"]*"/g, '');
  if (old === undefined || bare(await old.text()) !== bare(await fresh.text())) await keepApp();
}

/** A nonce serves one answer only (W3C CSP Level 3 §7.1), the kept page too. */
async function withNewNonce(old) {
  const policy = old.headers.get('content-security-policy') ?? '';
  const before = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (before === undefined) return Response.error();
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const headers = new Headers(old.headers);
  headers.set('content-security-policy', policy.replaceAll(before, nonce));
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response((await old.text()).replaceAll(before, nonce), { status: 200, headers });
}

async function fromKept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener('push', (event) => event.waitUntil(tell(event.data)));

async function tell(data) {
  const { title, body, tag, url } = read(data);
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage({ changed: true }, []);
  await self.registration.showNotification(title, { body, tag, icon: '/app-icon-192.png', badge: '/app-icon-192.png', lang: 'vi', data: { url } });
}

function read(data) {
  const plain = { title: 'Sen', body: '', tag: undefined, url: page };
  if (data === null) return plain;
  try {
    const told = data.json();
    return { title: String(told.title ?? 'Sen'), body: String(told.body ?? told.text ?? ''), tag: told.tag, url: own(told.url) };
  } catch {
    return { ...plain, body: data.text() };
  }
}

function own(url) {
  return typeof url === 'string' && /^\/app(?:[/?]|$)/.test(url) ? url : page;
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.url ?? page));
});

async function show(url) {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open === undefined) return self.clients.openWindow(url);
  await open.navigate(url).catch(() => undefined);
  return open.focus();
}
