// The public addresses of this server, as apps know them.

export interface Addresses {
  /** `https://sen.example.vn`, without a slash at the end; with the path under which a proxy puts us, if any. */
  readonly base: string;
  /** That path: `/sen`, or empty. */
  readonly path: string;
  /** The FHIR endpoint: `iss` of a launch, `aud` of a request. */
  readonly fhir: string;
  /** The OpenID issuer. */
  readonly issuer: string;
}

const hostName = /^[A-Za-z0-9.\-[\]:_]{1,255}$/;

/** Gives the addresses: those of the setting, else those by which the request came. */
export function addressesOf(publicUrl: string, request: { readonly protocol: string; readonly host: string }): Addresses {
  const asked = `${request.protocol === 'https' ? 'https' : 'http'}://${hostName.test(request.host) ? request.host : 'localhost'}`;
  const base = publicUrl === '' ? asked : publicUrl.replace(/\/+$/, '');
  return { base, path: new URL(base).pathname.replace(/\/+$/, ''), fhir: `${base}/fhir/R4`, issuer: `${base}/oidc` };
}
