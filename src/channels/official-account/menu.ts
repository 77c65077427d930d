import { type Fault, OperatorFault } from '../../domain/index.ts';
import type { TokenHolder } from './access-token.ts';
import { type WeChatApi, WeChatFault, withToken } from './api.ts';
import { meaningOf } from './error-codes.ts';

/** An entry of the menu under the chat: it sends us a CLICK event with `key`, or opens `url`. */
export type MenuEntry =
  | { readonly type: 'click'; readonly name: string; readonly key: string }
  | { readonly type: 'view'; readonly name: string; readonly url: string };

export interface SubMenu {
  readonly name: string;
  readonly sub_button: readonly MenuEntry[];
}

export interface Menu {
  readonly button: readonly (MenuEntry | SubMenu)[];
}

const MOST_BUTTONS = 3;
const MOST_ENTRIES = 5;
/** WeChat counts bytes; a Chinese character has three. */
const BUTTON_NAME_BYTES = 16;
const ENTRY_NAME_BYTES = 60;
const KEY_BYTES = 128;
const URL_BYTES = 1_024;

/** Everything in a menu that WeChat would refuse. */
export function faultsOfMenu({ button }: Menu): readonly Fault[] {
  const top = counted('菜单', button.length, MOST_BUTTONS);
  return [
    ...top,
    ...button.flatMap((one) => {
      const own = named(one.name, BUTTON_NAME_BYTES);
      if (!('sub_button' in one)) return [...own, ...faultsOfEntry(one)];
      return [
        ...own,
        ...counted(`菜单“${one.name}”`, one.sub_button.length, MOST_ENTRIES),
        ...one.sub_button.flatMap((entry) => [...named(entry.name, ENTRY_NAME_BYTES), ...faultsOfEntry(entry)]),
      ];
    }),
  ];
}

function counted(where: string, count: number, most: number): readonly Fault[] {
  return count >= 1 && count <= most ? [] : [{ where, what: `有 ${count} 项`, cure: `留 1 到 ${most} 项` }];
}

function named(name: string, most: number): readonly Fault[] {
  const bytes = Buffer.byteLength(name);
  return bytes >= 1 && bytes <= most
    ? []
    : [{ where: `菜单“${name}”`, what: '名字太长或为空', cure: `写 1 到 ${Math.floor(most / 3)} 个汉字` }];
}

function faultsOfEntry(entry: MenuEntry): readonly Fault[] {
  const where = `菜单“${entry.name}”`;
  if (entry.type === 'click') {
    const bytes = Buffer.byteLength(entry.key);
    return bytes >= 1 && bytes <= KEY_BYTES
      ? []
      : [{ where, what: 'key 太长或为空', cure: `写 1 到 ${KEY_BYTES} 个字母` }];
  }
  const isWeb = URL.canParse(entry.url) && ['http:', 'https:'].includes(new URL(entry.url).protocol);
  return isWeb && Buffer.byteLength(entry.url) <= URL_BYTES
    ? []
    : [{ where, what: '网址不对', cure: '写完整的网址，https:// 开头' }];
}

/** Puts the menu in the place of the one there is. Phones show it within five minutes. Rejects with an OperatorFault. */
export async function createMenu(api: WeChatApi, tokens: TokenHolder, menu: Menu): Promise<void> {
  const faults = faultsOfMenu(menu);
  if (faults.length > 0) throw new OperatorFault('菜单写得不对', faults);
  try {
    await withToken(tokens, (token) => api.post('/cgi-bin/menu/create', menu, token));
  } catch (error) {
    if (!(error instanceof WeChatFault)) throw error;
    const cure = typeof error.code === 'number' ? meaningOf(error.code).cure : '检查网络，过一会儿再试';
    throw new OperatorFault('菜单没有建成', [
      { where: '微信公众号', what: error.message, cure: cure ?? '按这个号码查微信的文档' },
    ]);
  }
}
