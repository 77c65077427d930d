/** Ways in which a swindler hides his words; each turns a plain message into an evasive one, always the same way. */
export interface Attack {
  readonly name: string;
  readonly apply: (text: string) => string;
}

const HAN = /\p{Script=Han}/u;

/** Words that carry a fraud, with homophones, pinyin and nicknames for them. */
const HIDDEN: readonly (readonly [string, string, string, string])[] = [
  ['微信', '薇信', 'weixin', '威心'],
  ['账户', '帐户', 'zhang户', '帐护'],
  ['转账', '转帐', 'zhuan账', '赚账'],
  ['贷款', '代款', 'dai款', '贷宽'],
  ['银行卡', '银行咔', '银hang卡', '因行卡'],
  ['刷单', '耍单', '刷dan', '唰单'],
  ['佣金', '佣惊', 'yong金', '拥金'],
  ['投资', '投姿', 'tou资', '头资'],
  ['公安', '工安', '公an', '公按'],
  ['洗钱', '洗前', 'xi钱', '冼钱'],
  ['验证码', '验正码', '验证ma', '验证马'],
  ['返利', '反利', 'fan利', '返力'],
  ['征信', '正信', 'zheng信', '征心'],
  ['客服', '客付', 'ke服', '课服'],
  ['提现', '题现', 'ti现', '提线'],
  ['冻结', '冻截', 'dong结', '动结'],
  ['保证金', '保正金', '保zheng金', '宝证金'],
  ['中奖', '中讲', 'zhong奖', '种奖'],
  ['裸聊', '果聊', 'luo聊', '裸撩'],
  ['链接', '连接', 'lian接', '链结'],
];

const replaceAll = (column: 1 | 2 | 3) => (text: string) =>
  HIDDEN.reduce((now, row) => now.replaceAll(row[0], row[column]), text);

/** Puts `filler` between neighbouring Chinese characters, at the places that `every` picks by number. */
function between(text: string, filler: readonly string[], every: number): string {
  let gaps = 0;
  return [...text]
    .map((char, i, all) => {
      const next = all[i + 1];
      if (!HAN.test(char) || next === undefined || !HAN.test(next)) return char;
      gaps += 1;
      return gaps % every === 0 ? `${char}${filler[(gaps / every) % filler.length] ?? ''}` : char;
    })
    .join('');
}

const TRADITIONAL =
  '转轉账賬钱錢户戶银銀贷貸资資单單证證码碼链鏈结結现現费費会會实實冻凍诈詐骗騙领領导導书書务務电電话話网網给給发發请請点點击擊号號万萬开開关關买買卖賣进進过過还還这這个個们們么麼为為说說让讓对對时時间間车車东東办辦术術产產业業价價优優';

function toTraditional(text: string): string {
  const pairs = [...TRADITIONAL];
  const table = new Map(pairs.flatMap((char, i) => (i % 2 === 0 ? [[char, pairs[i + 1] ?? char] as const] : [])));
  return [...text].map((char) => table.get(char) ?? char).join('');
}

export const ATTACKS: readonly Attack[] = [
  { name: 'plain', apply: (text) => text },
  { name: 'nicknames and look-alikes', apply: replaceAll(1) },
  { name: 'pinyin inside words', apply: replaceAll(2) },
  { name: 'homophones in key words', apply: replaceAll(3) },
  { name: 'blanks in a third of places', apply: (text) => between(text, [' '], 3) },
  { name: 'dots, stars and dashes', apply: (text) => between(text, ['.', '*', '-', '·'], 4) },
  { name: 'emoji between characters', apply: (text) => between(text, ['💰', '❤', '👉'], 5) },
  { name: 'traditional characters', apply: toTraditional },
];
