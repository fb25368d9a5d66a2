// Where websockets connect, told beside the FHIR endpoint.

export const socketPath = '/ws/subscriptions';

/** `https://host/fhir/R4` is reached over websocket at `wss://host/ws/subscriptions`. */
export function socketUrl(base: string): string {
  return base.replace(/^http/, 'ws').replace(/\/fhir\/R4$/, '') + socketPath;
}
