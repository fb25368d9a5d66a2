// Who knocks: what a request says of where a sign-in comes from, which site it is for, and by which rules.
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../../../platform/config.ts';
import type { From } from './complete-sign-in.ts';
import { deviceOf } from './cookies.ts';
import type { Site } from './passkey-ceremony.ts';
import type { SignInRules } from './session-limits.ts';

/** A browser always sends Fetch Metadata, and a page cannot forge it. */
export function fromOf(request: FastifyRequest): From {
  const kind = request.headers['sec-fetch-site'] === undefined ? 'script' : 'browser';
  return { address: request.ip, kind, agent: request.headers['user-agent'], device: deviceOf(request) };
}

/** The site that passkeys are made for: the public address, or the host by which the browser came. */
export function siteOf(request: FastifyRequest, { publicUrl }: Settings): Site {
  if (publicUrl !== '') return { id: new URL(publicUrl).hostname, origins: [new URL(publicUrl).origin] };
  const { hostname, host } = new URL(`http://${request.host}`);
  // Browsers make passkeys on http for localhost alone; a proxy of which we were not told may end https before us.
  return { id: hostname, origins: [`https://${host}`, ...(hostname === 'localhost' ? [`http://${host}`] : [])] };
}

export function rulesOf(settings: Settings): SignInRules {
  const { sessionHours: hours, lockMinutes, secondFactorRoles, secondFactorFrom } = settings;
  const roles = secondFactorRoles.split(',').map((role) => role.trim()).filter((role) => role !== '');
  return { hours, lockMinutes, secondFactorRoles: new Set(roles), secondFactorFrom: secondFactorFrom === '' ? 0 : Date.parse(`${secondFactorFrom}T00:00:00+07:00`) };
}
