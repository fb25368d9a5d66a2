// The cookies of signing in. With https they carry the prefix `__Host-`: no other host of the domain can set them (RFC 6265bis §4.1.3.2).
import type { FastifyReply, FastifyRequest } from 'fastify';

const sessionName = 'sen_session';
const deviceName = 'sen_device';
const ticketName = 'sen_ticket';
const deviceSeconds = 400 * 86_400; // the longest that browsers keep one

/**
 * Lax and not Strict: an app of another site leads to /oidc/authorize, and its person would seem signed out there. Changes with the cookie
 * alone are judged by Sec-Fetch-Site besides (edges/http/actor.ts).
 */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  add(reply, cookie(request, sessionName, token, 'Lax', maxAgeSeconds));
}

/** Ends the session cookie; of a page that came by http, also one set under https before. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  setSessionCookie(request, reply, '', 0);
}

export function setDeviceCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  add(reply, cookie(request, deviceName, token, 'Strict', deviceSeconds));
}

/** The token by which this browser is known, when it has signed somebody in before. */
export function deviceOf(request: FastifyRequest): string | undefined {
  return valueOf(request, deviceName);
}

/** Binds what comes back from an identity provider to the browser that went there. */
export function setTicketCookie(request: FastifyRequest, reply: FastifyReply, ticket: string): void {
  add(reply, cookie(request, ticketName, ticket, 'Lax', 600));
}

export function clearTicketCookie(request: FastifyRequest, reply: FastifyReply): void {
  add(reply, cookie(request, ticketName, '', 'Lax', 0));
}

export function ticketOf(request: FastifyRequest): string | undefined {
  return valueOf(request, ticketName);
}

function valueOf(request: FastifyRequest, plainName: string): string | undefined {
  const name = isSecure(request) ? `__Host-${plainName}` : plainName;
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
}

function cookie(request: FastifyRequest, name: string, value: string, sameSite: 'Lax' | 'Strict', maxAgeSeconds: number): string {
  const secure = isSecure(request);
  return `${secure ? '__Host-' : ''}${name}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${Math.floor(maxAgeSeconds)}${secure ? '; Secure' : ''}`;
}

/** Where the browser came by https, also when a proxy in front of us, of which we were not told, ended it. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true;
}

function add(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', value); // Fastify adds this header to those there are
}
