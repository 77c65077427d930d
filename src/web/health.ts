import type { FastifyInstance } from 'fastify';

/** `/health`: the process answers. `/ready`: it also takes messages; 503 with the reason until then. */
export function routeHealth(
  server: FastifyInstance,
  state: () => { readonly ready: boolean; readonly knowledge: string },
): void {
  server.get('/health', () => ({ status: 'ok' }));
  server.get('/ready', (_request, answer) => {
    const { ready, knowledge } = state();
    return answer.status(ready ? 200 : 503).send(ready ? { status: 'ready', knowledge } : { status: 'starting' });
  });
}
