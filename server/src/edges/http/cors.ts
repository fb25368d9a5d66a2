// Other sites and the FHIR API: a page of any site may call it with the token it holds (SMART App Launch 2.2.0 asks for that), and never with our cookie.
// Fetch standard §3.3: `*` and no Access-Control-Allow-Credentials, so that a browser keeps the answer to a request with cookies from the page.
// /api has none of it; /oidc has that of the OpenID provider.
import type { FastifyInstance } from 'fastify';

const ofAnswer = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Location, Content-Location, Last-Modified, Retry-After, X-Progress, X-Request-Id, WWW-Authenticate',
};
const ofPreflight = {
  ...ofAnswer,
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type, Accept, If-Match, If-None-Match, If-None-Exist, If-Modified-Since, Prefer, X-Request-Id',
  'access-control-max-age': '7200',
};

/** Lets pages of other sites call /fhir. Comes before anybody asks who it is: a preflight carries no token. */
export function allowOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/fhir/')) return done();
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    reply.headers(isPreflight ? ofPreflight : ofAnswer);
    if (isPreflight) return void reply.code(204).send();
    done();
  });
}
