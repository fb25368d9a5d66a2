// What the app keeps of a person on the phone: sealed by AES-GCM with a key that this browser holds and never shows (not extractable),
// both in IndexedDB. Signing out destroys the whole store.
const database = 'sen-app';
const keyName = 'key';

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly text: ArrayBuffer;
}

/** Seals and keeps a value; does nothing where the browser forbids storage. */
export async function keepSealed(name: string, value: unknown): Promise<void> {
  try {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encode(name) }, await ownKey(), encode(JSON.stringify(value)));
    await put(name, { iv, text } satisfies Sealed);
  } catch {
    // a private window: the app then needs the network
  }
}

/** Opens what was kept; undefined when there is nothing, or when it cannot be opened. */
export async function readSealed<T>(name: string): Promise<T | undefined> {
  try {
    const sealed = (await get(name)) as Sealed | undefined;
    if (sealed === undefined) return undefined;
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: encode(name) }, await ownKey(), sealed.text);
    return JSON.parse(new TextDecoder().decode(text)) as T;
  } catch {
    return undefined;
  }
}

/** Destroys everything kept, the key too. */
export async function dropSealed(): Promise<void> {
  opened = undefined;
  (await handle)?.close();
  handle = undefined;
  if (typeof indexedDB === 'undefined') return;
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(database);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

let handle: Promise<IDBDatabase> | undefined;
let opened: Promise<CryptoKey> | undefined;

function ownKey(): Promise<CryptoKey> {
  return (opened ??= findKey());
}

async function findKey(): Promise<CryptoKey> {
  const before = (await get(keyName)) as CryptoKey | undefined;
  if (before !== undefined) return before;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await put(keyName, key);
  return key;
}

function openStore(): Promise<IDBDatabase> {
  return (handle ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no storage'));
  }));
}

async function get(name: string): Promise<unknown> {
  const store = (await openStore()).transaction('kept').objectStore('kept');
  return settled(store.get(name));
}

async function put(name: string, value: unknown): Promise<void> {
  const store = (await openStore()).transaction('kept', 'readwrite').objectStore('kept');
  await settled(store.put(value, name));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('storage failed'));
  });
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
