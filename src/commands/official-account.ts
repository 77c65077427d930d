import {
  checkCaller,
  createMenu,
  createTokenHolder,
  menuFromWords,
  openApi,
  tokenStoreInMemory,
} from '../channels/official-account/index.ts';
import type { Config } from '../config/index.ts';
import { createMind } from '../conversation/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { systemClock } from '../lib/clock.ts';

/** Puts the buttons of the knowledge base under the chat of the official account. */
export async function createOfficialMenu(config: Config): Promise<void> {
  const { appId, secret, apiBase } = checkCaller(config.officialAccount);
  const menu = menuFromWords(
    createMind(await loadKnowledge(config.knowledgeDir, config.campaign), config.county).say('official-account-menu'),
  );
  const api = openApi(apiBase);
  // A second fetch of the stable token gives the same one, so the running bot is not disturbed.
  const tokens = createTokenHolder({ api, store: tokenStoreInMemory(), appId, secret, now: systemClock });
  await createMenu(api, tokens, menu);
  console.log(`菜单建好了：${menu.button.map(({ name }) => name).join('、')}。手机上五分钟内看到。`);
}
