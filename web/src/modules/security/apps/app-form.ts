// The form of an app: what is typed, and what is sent of it.
import type { AppForm, AppView } from '@sen/contracts';

export interface TypedApp {
  readonly name: string;
  readonly kind: AppForm['kind'];
  readonly role: NonNullable<AppForm['role']>;
  readonly purpose: NonNullable<AppForm['purpose']>;
  readonly organisation: string;
  readonly redirectUris: string;
  readonly launchUri: string;
  readonly authentication: AppForm['authentication'];
  readonly jwksUri: string;
  readonly jwks: string;
  readonly certificate: string;
  readonly scopes: string;
  readonly introspects: boolean;
}

const usual = 'openid fhirUser launch launch/patient offline_access patient/*.rs';

/** What stands in the form at first. */
export function typedApp(app: AppView | undefined): TypedApp {
  return {
    name: app?.name ?? '', kind: app?.kind ?? 'person', role: app?.role ?? 'partner', purpose: app?.purpose ?? 'TREAT', organisation: app?.organisation ?? '', redirectUris: app?.redirectUris.join('\n') ?? '', launchUri: app?.launchUri ?? '',
    authentication: app?.authentication ?? 'none', jwksUri: app?.jwksUri ?? '', certificate: app?.certificate ?? '', jwks: app?.jwks === undefined ? '' : JSON.stringify(app.jwks, null, 2), scopes: app?.scopes.join('\n') ?? usual.replaceAll(' ', '\n'), introspects: app?.introspects ?? false,
  };
}

/** Another kind has other scopes and another way to show who it is. */
export function ofKind(typed: TypedApp, kind: AppForm['kind']): TypedApp {
  const isService = kind === 'service';
  return { ...typed, kind, authentication: isService ? 'key' : 'none', scopes: isService ? 'system/Patient.rs\nsystem/Observation.rs' : usual.replaceAll(' ', '\n') };
}

/** What is sent; undefined when the keys are no JSON. */
export function appForm(typed: TypedApp): AppForm | undefined {
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  const isService = typed.kind === 'service';
  const byKey = typed.authentication === 'key';
  const jwks = byKey && typed.jwks.trim() !== '' ? parsed(typed.jwks) : undefined;
  if (byKey && typed.jwks.trim() !== '' && jwks === undefined) return undefined;
  return {
    name: typed.name.trim(), kind: typed.kind, authentication: typed.authentication, scopes: words(typed.scopes), introspects: typed.introspects, redirectUris: isService ? [] : words(typed.redirectUris),
    ...(isService ? { role: typed.role } : {}),
    ...(isService && typed.role === 'partner' ? { purpose: typed.purpose } : {}),
    ...(isService && typed.organisation.trim() !== '' ? { organisation: typed.organisation.trim() } : {}),
    ...(!isService && typed.launchUri.trim() !== '' ? { launchUri: typed.launchUri.trim() } : {}),
    ...(byKey && typed.jwksUri.trim() !== '' ? { jwksUri: typed.jwksUri.trim() } : {}),
    ...(isService && typed.certificate.trim() !== '' ? { certificate: typed.certificate.trim() } : {}),
    ...(jwks === undefined ? {} : { jwks }),
  };
}

function parsed(text: string): AppForm['jwks'] | undefined {
  try {
    const value = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(value.keys) ? (value as AppForm['jwks']) : { keys: [value as Record<string, unknown>] };
  } catch {
    return undefined;
  }
}
