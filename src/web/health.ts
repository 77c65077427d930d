import type { FastifyInstance } from 'fastify';

/** `/health`: the process answers. `/ready`: it also takes and keeps messages; 503 until then, and while it cannot. */
export function routeHealth(
  server: FastifyInstance,
  state: () => Promise<{ readonly ready: boolean; readonly knowledge: string; readonly why?: string }>,
): void {
  // Whoever watches us may share an address with all visitors, as a proxy does, and must never be refused.
  const options = { config: { rateLimit: false as const } };
  server.get('/health', options, () => ({ status: 'ok' }));
  server.get('/ready', options, async (_request, answer) => {
    const { ready, knowledge, why } = await state();
    return ready
      ? answer.status(200).send({ status: 'ready', knowledge })
      : answer.status(503).send({ status: why ?? 'starting' });
  });
}
