// A module's manifest: what the house needs to know to start it.
import type { FastifyInstance } from 'fastify';
import type { Database } from './database.ts';
import type { Operation } from './operation.ts';
import type { HospitalEvent, Work } from './work.ts';
import type { Settings } from './config.ts';

export interface House {
  readonly settings: Settings;
  readonly database: Database;
  /** A unit of work for the house itself (jobs, start-up, import). */
  systemWork(): Work;
}

export interface ModuleManifest {
  readonly name: string;
  /** One sentence: what the module owns. */
  readonly owns: string;
  /** Folder of forward-only SQL migrations, as a file URL; the module's schema carries its name with `-` as `_`. */
  readonly migrations?: URL;
  /** Adds the module's routes. Runs once, before listening. */
  readonly routes?: (app: FastifyInstance, house: House) => void;
  /** Operations it adds to the FHIR API. */
  readonly operations?: readonly Operation[];
  /** Names of the events it tells. */
  readonly tells?: readonly string[];
  /** Listeners by event name; each is safe to run twice. */
  readonly hears?: Readonly<Record<string, (work: Work, event: HospitalEvent) => Promise<void>>>;
  /** Background jobs by name; each is safe to run twice. `cron` in Asia/Ho_Chi_Minh. */
  readonly jobs?: Readonly<Record<string, { readonly cron?: string; readonly run: (work: Work, data: unknown) => Promise<void> }>>;
  /** Answers to questions declared by lower modules (ports.ts). */
  readonly answers?: Readonly<Record<string, (work: Work, question: unknown) => Promise<unknown>>>;
  /** Runs after migration and before listening: caches, first rows. */
  readonly start?: (house: House) => Promise<void>;
  readonly stop?: () => Promise<void>;
}
