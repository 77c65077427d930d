/** A piece of text that a line end must not tear, and how much it hurts to end a line behind it (0: not at all). */
export interface SenseUnit {
  readonly text: string;
  readonly pain: number;
}

/** Words that the dictionary of `Intl.Segmenter` does not know and tears, or whose parts must stay beside each other. */
const OURS = (
  '公检法 反诈 刷单 校园贷 老号码 安全账户 共享屏幕 屏幕共享 截图 开共享 验证码 银行卡 电话卡 收款码 手机卡 刮刮卡 真补贴 真大夫 保赚钱 演唱会 游戏号 解冻费 被骗款 网恋 网购 网上 扫码 人大代表 ' +
  '国家反诈中心 家里人 助记词 买金条 私下转钱 先交钱 先收钱 先交费 对着放 贴手机 垫钱 收钱 要钱 转钱 借钱 充钱 交钱 代买 额度 断网 断卡 拔卡 民族资产解冻 男女朋友 购物平台 会议软件 本地手机 手机背面 ' +
  '人民银行 微信要钱 银行密码 邮箱密码 还惹 别点 别开 别信 别给 别去 别慌 别掏钱 打过去 个人垫 他本人 不收钱 不收费 不收押金 不乱点 不乱填 不租 不借 不卖 不点 不扫 不赔 不听 不信 不转账 ' +
  '不汇款 听讲座 炒股 计划群 退票 办证 卖答案 叫你 就是骗局 都是骗局 就是骗 是骗子 是骗局 是饵 又来了 取现金 领皮肤 领鸡蛋 买U 派出所 一分钱 官方客服 老电话 打电话 短信链接 领扶贫款'
).split(' ');
const COUNTED = /第?[一二两三四五六七八九十百千万几]+[万余多]*[元块个天月年日号分点人起次部张套句话]/;
/** Figures with what they count; words in Latin letters; both with the signs inside them. */
const FIGURES = /[\d０-９]+(?:[.,:：/~-][\d０-９]+)*[%％]?[万亿千百]?[余多]?[元块个天月年日号分点倍人起次部张美]?元?/;
const LATIN = /[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9Ａ-Ｚａ-ｚ._-]*/;
const WHOLE = new RegExp(`(${OURS.join('|')}|${COUNTED.source}|${FIGURES.source}|${LATIN.source})`);

/** Signs that may not begin a line, and signs that may not end one. */
const CLOSING = /^[，。、；：！？!?,.;:)\]）】》」』”’…—·%％～~]/;
const OPENING = /[（([【《「『“‘]$/;
/** Words that lean on the word before them, and single ones that lean on the word behind. */
const LEANS_BACK = /^[的了着过吗吧呢啊嘛们地得里上下中后前时等款]$/;
const LEANS_ON =
  /^(?:[不别没先再要把被给让叫用去到问打拨找在从向对和与跟就也都只很最真假老新每各某这那有是当连靠凭将为以按才快谁可帮替]|[已真]的|也要|马上|已经|都是|多半|不要|不能|不会|不用|没有)$/;

const PAIN = { sentence: 0, comma: 1, list: 4, clause: 24, word: 30, short: 60, leaning: 120, quoted: 150 } as const;
/** Quoted words longer than this may be torn when nothing else fits. */
const LONGEST_QUOTE = 10;

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** Cuts a text into the units between which a line may end. */
export function senseUnits(text: string): readonly SenseUnit[] {
  const units: { text: string; word: string }[] = [];
  let glued = false;
  for (const word of wordsOf(text)) {
    const last = units.at(-1);
    if (last && (glued || CLOSING.test(word) || word === ' ')) last.text += word;
    else units.push({ text: word, word });
    const unit = units.at(-1);
    if (unit && glued) unit.word = word;
    glued = OPENING.test(word);
  }
  return units.map((unit, i) => ({
    text: unit.text,
    pain: painOf(unit, units[i + 1], insideQuote(units.slice(0, i + 1).map((one) => one.text))),
  }));
}

function wordsOf(text: string): readonly string[] {
  return text
    .split(WHOLE)
    .flatMap((part, i) => (i % 2 === 1 ? [part] : [...segmenter.segment(part)].map((one) => one.segment)))
    .filter((part) => part !== '');
}

function painOf(unit: { text: string; word: string }, next: { word: string } | undefined, quoted: boolean): number {
  if (quoted) return PAIN.quoted;
  if (/[。！？!?；…][”」』）]?$/.test(unit.text)) return PAIN.sentence;
  if (/[，,：:][”」』）]?$/.test(unit.text)) return PAIN.comma;
  if (/[、）”」』》\s]$/.test(unit.text)) return PAIN.list;
  if (!next) return PAIN.sentence;
  if (LEANS_BACK.test(next.word) || LEANS_ON.test(unit.word)) return PAIN.leaning;
  if (LEANS_ON.test(next.word)) return PAIN.clause;
  return [...unit.word].length === 1 || [...next.word].length === 1 ? PAIN.short : PAIN.word;
}

function insideQuote(texts: readonly string[]): boolean {
  const before = texts.join('');
  const open = Math.max(before.lastIndexOf('“'), before.lastIndexOf('（'), before.lastIndexOf('《'));
  const close = Math.max(before.lastIndexOf('”'), before.lastIndexOf('）'), before.lastIndexOf('》'));
  return open > close && before.length - open <= LONGEST_QUOTE;
}
