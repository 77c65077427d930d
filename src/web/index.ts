/** HTTP: the chat page, its messages and stream, the stateless question, health. Knows no channel but through functions. */
export { ADMIN_HOST, createAdmin, routeSignIn, type SignInState } from './admin.ts';
export { routeAsk } from './ask.ts';
export { type ChatNeeds, routeChat } from './chat.ts';
export { type DownloadNeeds, routeDownloads } from './downloads.ts';
export { routeHealth } from './health.ts';
export { type OfficeNeeds, routeOffice } from './office.ts';
export { shelvesOf } from './office-shelves.ts';
export { routePage } from './page.ts';
export { samplesFrom } from './samples.ts';
export { close, createServer, listen } from './server.ts';
