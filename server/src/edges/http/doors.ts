// All doors of the server: which addresses there are, and what each needs. Tests and docs/doors.md are made from this list.
import type { Permission } from '@sen/contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';

export interface Door {
  readonly methods: readonly string[];
  /** Pattern of the address: `/api/patients/:patientId/banner`. */
  readonly url: string;
  readonly needs: Permission | 'open' | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, in the order of mounting. */
    doors(): readonly Door[];
  }
}

/** Addresses that ask who comes: those of data. All else is the web's own files and the health of the server. */
export const guarded = /^\/(?:api|fhir|dicomweb|oidc)(?:\/|$)/;

/** Lists every route, and stops the start when one does not say what it needs: nothing is open by being forgotten. */
export function listDoors(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  const doors = () => routes.map(({ method, url, config }) => ({ methods: [method].flat(), url, needs: config?.needs }));
  app.decorate('doors', doors);
  app.addHook('onRoute', (route) => void routes.push(route)); // a scope may still add to its config
  app.addHook('onReady', async () => {
    const unguarded = doors().find(({ url, needs }) => guarded.test(url) && needs === undefined);
    if (unguarded) throw new Error(`${unguarded.methods.join(', ')} ${unguarded.url} does not say what it needs (config.needs)`);
  });
}
