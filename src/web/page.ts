import { fileURLToPath } from 'node:url';
import statics from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const PUBLIC = fileURLToPath(new URL('./public', import.meta.url));

/** The chat page and what it is made of; nothing outside `public/` is served. */
export async function routePage(server: FastifyInstance): Promise<void> {
  await server.register(statics, {
    root: PUBLIC,
    prefix: '/',
    index: 'index.html',
    dotfiles: 'ignore',
    cacheControl: false,
  });
}
