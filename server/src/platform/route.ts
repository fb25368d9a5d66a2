// Binds a contract (packages/contracts) to a use case: Fastify validates what comes in and serializes what goes out.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '@sen/contracts';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { Work } from './work.ts';

/** Everything a contract takes in, as one object; a name stands in one part only. */
export type Input<C extends RouteContract> = ParamsOf<C> & QueryOf<C> & BodyOf<C>;

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Adds the route of a contract. An answer of `undefined` is 204. What breaks the contract is refused with 400 and the list of fields. */
export function bind<C extends RouteContract>(
  app: FastifyInstance,
  contract: C,
  useCase: (work: Work, input: Input<C>, exchange: Exchange) => Promise<ResponseOf<C>>,
): void {
  app.route({
    method: contract.method,
    url: contract.path,
    config: doorOf(contract),
    schema: schemaOf(contract),
    validatorCompiler: ({ schema, httpPart }) => validator(schema as TSchema, httpPart ?? 'body'),
    handler: async (request, reply) => {
      const input = Object.assign({}, request.query, request.body, request.params) as Input<C>;
      const output = await useCase(request.work, input, { request, reply });
      if (output === undefined || output === null) reply.code(204 as never);
      return output;
    },
  });
}

function doorOf({ needs, whileHeld, needsFresh }: RouteContract) {
  return { needs, ...(whileHeld === undefined ? {} : { whileHeld }), ...(needsFresh === undefined ? {} : { needsFresh }) };
}

function schemaOf(contract: RouteContract) {
  return {
    ...(contract.params ? { params: contract.params } : {}),
    ...(contract.query ? { querystring: contract.query } : {}),
    ...(contract.body ? { body: contract.body } : {}),
    response: { 200: contract.response },
  };
}

/** Only what comes as text (params and query) is converted to numbers and booleans; a body must be right as it stands. None at all is an empty one. */
function validator(schema: TSchema, part: string) {
  const compiled = Compile(schema);
  return (data: unknown) => {
    const value = part === 'body' ? (data ?? {}) : Value.Convert(schema, Value.Default(schema, data));
    if (compiled.Check(value)) return { value };
    const validation = compiled.Errors(value).slice(0, 20);
    return { error: Object.assign(new Error('the request breaks its contract'), { validation, validationContext: part }) };
  };
}
