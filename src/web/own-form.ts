import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes; our forms have two short fields. */
const BIGGEST_FORM = 4 * 1024;

/** From here on this part of a server reads forms and nothing else, and takes them only from its own pages. */
export function takeOwnForms(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: BIGGEST_FORM },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  );
  server.addHook('onRequest', async (request) => {
    if (request.method === 'POST' && !isFromOwnPage(request))
      throw Object.assign(new Error('a form from a foreign page'), { statusCode: 403 });
  });
}

/** A field of the form that came, without blanks around it; empty when there is none. */
export function field({ body }: FastifyRequest, name: string): string {
  return (body instanceof URLSearchParams ? (body.get(name) ?? '') : '').trim();
}

/** Browsers tell where a form comes from in at least one of two ways. A page of a stranger can forge neither. */
function isFromOwnPage({ headers }: FastifyRequest): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? site !== undefined : origin === `http://${host}`;
}
