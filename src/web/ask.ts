import type { FastifyInstance } from 'fastify';
import { type Mind, toJson } from '../conversation/index.ts';

/** `POST /api/ask {"text"}` → the whole decision. Stateless: nothing is remembered of it. */
export function routeAsk(server: FastifyInstance, mind: () => Mind): void {
  server.post('/api/ask', async (request, answer) => {
    const text = textOf(request.body);
    if (text === undefined) return answer.status(400).send({ error: '要写成 {"text": "收到的话"}' });
    return toJson(mind().understand(text));
  });
}

/** The string under `text` in a JSON body, if there is one. */
export function textOf(body: unknown): string | undefined {
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
  return typeof text === 'string' ? text : undefined;
}
