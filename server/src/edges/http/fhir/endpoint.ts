// What every FHIR request needs to know of the house: its address and its limits.
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../../../platform/config.ts';
import type { OperationTable } from '../../../platform/operation.ts';

export const prefix = '/fhir/R4';

export interface Endpoint {
  /** Address told to clients, without a slash at the end; empty: as the request came. */
  readonly publicUrl: string;
  readonly jsonDepthLimit: number;
  readonly maxEntries: number;
  readonly conditionalDeleteMax: number;
  readonly operations: OperationTable;
}

export function endpointOf(settings: Settings, operations: OperationTable): Endpoint {
  return {
    publicUrl: settings.publicUrl.replace(/\/+$/, ''),
    jsonDepthLimit: settings.jsonDepthLimit,
    maxEntries: settings.transactionEntriesMax,
    conditionalDeleteMax: settings.conditionalDeleteMax,
    operations,
  };
}

const hostName = /^[A-Za-z0-9.\-[\]:_]{1,255}$/;

/** Absolute address of the endpoint as the client sees it: the setting, else what a trusted proxy says, else the request's own host. */
export function baseOf(endpoint: Endpoint, request: FastifyRequest): string {
  if (endpoint.publicUrl !== '') return endpoint.publicUrl + prefix;
  return `${request.protocol}://${hostName.test(request.host) ? request.host : 'localhost'}${prefix}`;
}

/** Decoded path segments below the endpoint. */
export function pathOf(request: FastifyRequest): string[] {
  const { url } = request;
  const cut = url.indexOf('?');
  const path = (cut < 0 ? url : url.slice(0, cut)).slice(prefix.length + 1).replace(/\/$/, '');
  return path === '' ? [] : path.split('/').map(decoded);
}

/** The query of the address. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const cut = request.url.indexOf('?');
  return new URLSearchParams(cut < 0 ? '' : request.url.slice(cut + 1));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
