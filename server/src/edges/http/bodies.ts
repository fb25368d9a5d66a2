// Bodies of FHIR requests stay text: the record parses them itself, keeping `1.0` as `1.0`.
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../platform/refusal.ts';

const textual = [
  'application/fhir+json', 'application/json', 'application/json-patch+json', 'application/x-www-form-urlencoded', 'application/fhir+xml', 'application/xml', 'text/xml',
];

/** Makes bodies of the FHIR media types, and of `others`, arrive as the raw string in this scope (an encapsulated plugin) only; refuses what is not UTF-8. */
export function takeRawBodies(scope: FastifyInstance, others: readonly string[] = []): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser([...textual, ...others.filter((type) => !textual.includes(type))], { parseAs: 'buffer' }, (request, body, done) => {
    const refused = refusedCharset(request.headers['content-type']) ?? (isUtf8(body as Buffer) ? undefined : notUtf8());
    if (refused === undefined) done(null, body.toString());
    else done(refused);
  });
}

// R4 json.html §2.6.2: "FHIR resources are always represented in UTF-8". Read as if it were, `é` of Latin-1 would be lost without a word.
function refusedCharset(contentType: string | undefined): Refusal | undefined {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];
  if (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) return undefined;
  return new Refusal('unsupported', 'http.media-type', { vi: 'Kiểu nội dung (Content-Type) không được hỗ trợ.', en: 'The Content-Type is not supported.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: 'FHIR resources are always in UTF-8: leave charset out, or send charset=utf-8.' },
  ]);
}

function notUtf8(): Refusal {
  return new Refusal('incorrect', 'http.not-utf8', { vi: 'Nội dung gửi lên không phải UTF-8 hợp lệ.', en: 'The body is not valid UTF-8.' });
}
