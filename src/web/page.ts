import { join } from 'node:path';
import statics from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { projectRoot } from '../lib/project-root.ts';

const PUBLIC = join(projectRoot(), 'src/web/public');

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
