// Token buckets (RFC 2698 in its simplest form): so many a minute, and a minute's worth at once.

interface Bucket {
  tokens: number;
  at: number;
}

interface TokenBuckets {
  /** Takes one token of a key; gives the ms until there is one, 0 when there was. `perMinute` 0: no limit. */
  take(key: string, perMinute: number, now: number): number;
  readonly size: number;
}

/** Keeps the buckets of at most `mostKept` keys; the key first seen longest ago is forgotten first, and begins anew with a full bucket. */
export function tokenBuckets(mostKept: number): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, perMinute, now) {
      if (perMinute === 0) return 0;
      const bucket = buckets.get(key) ?? open(buckets, key, perMinute, now, mostKept);
      const perMs = perMinute / 60_000;
      bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
      bucket.at = now;
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMs);
      bucket.tokens -= 1;
      return 0;
    },
    get size() {
      return buckets.size;
    },
  };
}

function open(buckets: Map<string, Bucket>, key: string, tokens: number, at: number, mostKept: number): Bucket {
  const bucket = { tokens, at };
  buckets.set(key, bucket);
  if (buckets.size > mostKept) buckets.delete(buckets.keys().next().value!);
  return bucket;
}
