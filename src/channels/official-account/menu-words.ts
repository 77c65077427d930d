import { OperatorFault } from '../../domain/index.ts';
import type { Menu } from './menu.ts';

/** A menu from lines such as 我转了钱：我已经转了钱. A tap says the second part, as if the resident had typed it. */
export function menuFromWords(lines: string): Menu {
  const button = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', key = ''] = line.split('：').map((part) => part.trim());
      if (name === '' || key === '')
        throw new OperatorFault('菜单写得不对', [
          { where: 'wording.yml official-account-menu', what: `这一行看不懂：${line}`, cure: '写“按钮：要说的话”' },
        ]);
      return { type: 'click' as const, name, key };
    });
  return { button };
}
