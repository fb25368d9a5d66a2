// An app or service that may ask for tokens, and what its registration must satisfy.
import { readScope } from '../policy/scopes.ts';
import { isKnownScope } from './smart-scope.ts';

export type ServiceRole = 'partner' | 'device' | 'integration';

/** Codes of v3-PurposeOfUse: treatment, payment, public health, research. */
export type Purpose = 'TREAT' | 'HPAYMT' | 'PUBHLTH' | 'HRESCH';

export interface App {
  /** The client_id. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'service';
  readonly role?: ServiceRole;
  /** Why a partner asks; an insurer asks for payment, and gets nothing that was permitted for treatment alone. */
  readonly purpose?: Purpose;
  /** Organization id of the one a service works for. */
  readonly organisation?: string;
  readonly redirectUris: readonly string[];
  readonly launchUri?: string;
  readonly clientUri?: string;
  readonly authentication: 'none' | 'secret' | 'key';
  readonly secretHash?: Buffer;
  readonly jwks?: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  readonly jwksUri?: string;
  /** SHA-256 (base64url) of the certificate a service must show beside its key, to get a token and to use it. */
  readonly certificate?: string;
  readonly scopes: readonly string[];
  readonly introspects: boolean;
  readonly disabled: boolean;
  readonly registeredBy: string;
  /** ms since 1970. */
  readonly createdAt: number;
}

export interface AppFinding {
  readonly field: string;
  readonly vi: string;
  readonly en: string;
}

type Judged = Pick<App, 'kind' | 'role' | 'purpose' | 'redirectUris' | 'launchUri' | 'clientUri' | 'authentication' | 'jwks' | 'jwksUri' | 'certificate' | 'scopes'>;

/** Gives what is wrong with a registration; nothing when it may stand. */
export function appFindings(app: Judged): AppFinding[] {
  return [...addressFindings(app), ...scopeFindings(app), ...keyFindings(app), ...(app.kind === 'service' ? serviceFindings(app) : personFindings(app))];
}

function addressFindings({ redirectUris, launchUri, clientUri, jwksUri }: Judged): AppFinding[] {
  const wrongRedirects = redirectUris.filter((uri) => !isRedirectUri(uri)).map((uri) => ({
    field: 'redirectUris', vi: `Địa chỉ quay về phải là https (hoặc http của chính máy người dùng), không có "#": ${uri}`, en: `A redirect URI must be https (or http of the user’s own machine), without "#": ${uri}`,
  }));
  const pages = [['launchUri', launchUri], ['clientUri', clientUri], ['jwksUri', jwksUri]] as const;
  const wrongPages = pages.filter(([, uri]) => uri !== undefined && !isRedirectUri(uri)).map(([field]) => ({ field, vi: 'Địa chỉ phải là https.', en: 'The address must be https.' }));
  return [...wrongRedirects, ...wrongPages];
}

/** RFC 8252 §7.3, RFC 9700 §2.1: https, or http of the loopback alone. No fragment, no user, no wildcard: addresses are compared as they stand. */
function isRedirectUri(uri: string): boolean {
  if (uri.length > 512 || !URL.canParse(uri) || uri.includes('#') || uri.includes('*') || /[\s\\]/.test(uri)) return false;
  const { protocol, hostname, username, password } = new URL(uri);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

function scopeFindings({ kind, scopes }: Judged): AppFinding[] {
  const unknown = scopes.filter((scope) => !isKnownScope(scope) || (readScope(scope)?.context === 'system') !== (kind === 'service'));
  if (scopes.length === 0) return [{ field: 'scopes', vi: 'Cần ít nhất một quyền (scope).', en: 'At least one scope is needed.' }];
  return unknown.map((scope) => ({
    field: 'scopes',
    vi: kind === 'service' ? `Hệ thống tự động chỉ dùng quyền system/…: ${scope}` : `Quyền không dùng được cho ứng dụng: ${scope}`,
    en: kind === 'service' ? `A service has only system/… scopes: ${scope}` : `Not a scope for an app: ${scope}`,
  }));
}

const privateParts = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

function keyFindings({ authentication, jwks, jwksUri }: Judged): AppFinding[] {
  if (authentication !== 'key') return jwks === undefined && jwksUri === undefined ? [] : [{ field: 'jwks', vi: 'Chỉ ghi khóa khi xác thực bằng khóa.', en: 'Keys are only for authentication by key.' }];
  if ((jwks === undefined) === (jwksUri === undefined)) return [{ field: 'jwks', vi: 'Ghi khóa công khai (JWKS) hoặc địa chỉ của nó, một trong hai.', en: 'Give the public keys (JWKS) or their address, one of the two.' }];
  const keys = jwks?.keys ?? [];
  if (keys.some((key) => privateParts.some((part) => part in key))) return [{ field: 'jwks', vi: 'Đây là khóa bí mật. Chỉ gửi phần công khai, và coi khóa này là đã lộ.', en: 'This is a private key. Send the public part only, and hold this key for disclosed.' }];
  if (jwks !== undefined && !keys.some(isUsableKey)) return [{ field: 'jwks', vi: 'Cần khóa RSA từ 2048 bit (RS384) hoặc EC P-384 (ES384), có "kid".', en: 'An RSA key of 2048 bits or more (RS384) or an EC P-384 key (ES384) with a "kid" is needed.' }];
  return [];
}

/** SMART App Launch 2.2.0, client-confidential-asymmetric: RS384 and ES384. */
function isUsableKey(key: Readonly<Record<string, unknown>>): boolean {
  if (typeof key['kid'] !== 'string') return false;
  if (key['kty'] === 'EC') return key['crv'] === 'P-384';
  return key['kty'] === 'RSA' && typeof key['n'] === 'string' && Buffer.from(key['n'], 'base64url').length >= 256;
}

function serviceFindings({ role, purpose, redirectUris, authentication }: Judged): AppFinding[] {
  return [
    ...((role === 'partner') === (purpose !== undefined) ? [] : [{ field: 'purpose', vi: 'Đối tác, và chỉ đối tác, phải nêu mục đích sử dụng dữ liệu.', en: 'A partner, and only a partner, says for what purpose it uses data.' }]),
    ...(role === undefined ? [{ field: 'role', vi: 'Chọn vai trò: đối tác, thiết bị hoặc hệ thống nội bộ.', en: 'Choose what it is: partner, device or in-house system.' }] : []),
    ...(authentication === 'key' ? [] : [{ field: 'authentication', vi: 'Hệ thống tự động phải xác thực bằng khóa.', en: 'A service shows who it is by key.' }]),
    ...(redirectUris.length === 0 ? [] : [{ field: 'redirectUris', vi: 'Hệ thống tự động không có địa chỉ quay về.', en: 'A service has no redirect URI.' }]),
  ];
}

function personFindings({ role, purpose, certificate, redirectUris }: Judged): AppFinding[] {
  return [
    ...(role === undefined && purpose === undefined ? [] : [{ field: 'role', vi: 'Ứng dụng dùng quyền của người dùng, không có vai trò riêng.', en: 'An app has the rights of the person and no role of its own.' }]),
    ...(certificate === undefined ? [] : [{ field: 'certificate', vi: 'Chỉ hệ thống tự động dùng chứng thư TLS.', en: 'Only a service shows a TLS certificate.' }]),
    ...(redirectUris.length > 0 ? [] : [{ field: 'redirectUris', vi: 'Cần ít nhất một địa chỉ quay về.', en: 'At least one redirect URI is needed.' }]),
  ];
}

/** The registration as the OpenID provider knows it (RFC 7591). The secret is its hash: it is compared by ours (match-secrets.ts). */
export function clientMetadataOf(app: App): Record<string, unknown> {
  const isService = app.kind === 'service';
  return {
    client_id: app.id,
    client_name: app.name,
    application_type: 'web',
    grant_types: isService ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: isService ? [] : ['code'],
    redirect_uris: [...app.redirectUris],
    token_endpoint_auth_method: { none: 'none', secret: 'client_secret_basic', key: 'private_key_jwt' }[app.authentication],
    id_token_signed_response_alg: 'RS256',
    ...(app.secretHash === undefined ? {} : { client_secret: app.secretHash.toString('base64url') }),
    ...(app.jwks === undefined ? {} : { jwks: app.jwks }),
    ...(app.jwksUri === undefined ? {} : { jwks_uri: app.jwksUri }),
    ...(app.clientUri === undefined ? {} : { client_uri: app.clientUri }),
    sen_scopes: app.scopes.join(' '),
    ...(app.launchUri === undefined ? {} : { sen_launch_uri: app.launchUri }),
    ...(app.certificate === undefined ? {} : { sen_certificate: app.certificate }),
    ...(app.introspects ? { sen_introspects: 'yes' } : {}),
  };
}
