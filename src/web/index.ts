/** HTTP: the chat page, its messages and stream, the stateless question, health. Knows no channel but through functions. */
export { ADMIN_HOST, createAdmin, routeSignIn, type SignInState } from './admin.ts';
export { routeAsk } from './ask.ts';
export { type ChatNeeds, routeChat } from './chat.ts';
export { routeHealth } from './health.ts';
export { routePage } from './page.ts';
export { samplesFrom } from './samples.ts';
export { BODY_LIMIT, close, createServer, listen } from './server.ts';
