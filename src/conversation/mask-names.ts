/** Surnames of one character that seldom mean anything else. */
const PLAIN =
  '王李张刘陈杨赵吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴汪姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟雷汤尹乔贺赖龚庞樊殷颜倪严俞洪季鲁葛聂邢骆岳齐窦裴柳詹岑霍翟闫耿蒲冉牟桑芦冀娄卞佟巩蔺晁郜郄闵柴辛欧焦左祁尚卓阮符覃滕简鄢';
/** Surnames that are everyday words as well: what stands around them decides. */
const WORDLIKE =
  '周黄林何高马于程沈田任方石金白毛江史龙万段钱黎易常武文夏钟康安章梅盛温包柯蓝路游关牛车米花水平计项宁容党国艾景商海曲农明冷古苗云成房申靳楚甘楼仇莫';
/** Surnames of few people and words of every sentence: read as surnames only behind 我叫 and the like. */
const RARE = '还后管师解单都边习连时全支向应司双东经';
const SURNAMES = new Set(PLAIN + WORDLIKE);
const SURE_SURNAMES = new Set(PLAIN + WORDLIKE + RARE);
const DOUBLES =
  '(?:欧阳|司马|诸葛|上官|司徒|东方|独孤|南宫|夏侯|尉迟|皇甫|公孙|慕容|令狐|长孙|宇文|轩辕|端木|百里|呼延|申屠|太史|澹台|西门|司空|钟离|闻人|濮阳)';
const DOUBLE = new RegExp(`^${DOUBLES}`);

/** Everyday words that begin like a name. Behind a word that only may introduce a name (我儿子, 我是) they are read as words. */
export const WORDS_LIKE_NAMES = new Set(
  (
    '马上 马路 马虎 高额 高档 高速 高中 高考 高兴 高新 高利 高价 高薪 高手 高级 高铁 安全 安装 安排 安慰 安徽 安阳 方便 方式 方法 方才 方案 方面 金融 金额 金条 金牌 金币 金子 金店 ' +
    '公安 任何 任务 任由 万一 万元 万分 万能 万达 万块 常常 常用 常说 常年 白送 白条 白领 白天 白白 黄金 黄色 黄牛 黄页 石油 石头 江苏 江西 河南 温州 云南 国家 国外 国庆 时间 时候 时不 包裹 包赔 包括 ' +
    '成功 成为 成了 成天 于是 于我 程序 关一 关了 关掉 关门 关机 关于 关注 关系 单位 单独 单子 单号 车站 车辆 车祸 车子 车票 应该 向他 向我 房子 房东 房租 毛病 毛钱 段时 古董 路上 路边 路费 水电 米面 花钱 花呗 花了 花光 ' +
    '平台 平安 平常 平时 计划 计算 解冻 解封 项目 支付 管理 管他 师傅 宁愿 容易 党员 党费 党委 别人 还款 还有 还是 还钱 还说 还没 还在 还不 习惯 连夜 连着 连续 连忙 艾特 全部 全国 全家 后来 后边 商家 商城 海外 海关 海南 ' +
    '经理 经济 经常 经过 经人 农行 农业 农村 农商 东西 明天 明白 明明 双倍 双十 冷静 何时 何况 何必 林业 周末 周一 周二 周三 周四 周五 周六 周日 周转 周围 周边 钱都 钱没 钱被 钱给 钱转 钱包 钱打 钱全 钱不 钱要 钱就 钱在 钱也 ' +
    '武汉 武装 文件 文字 文化 夏天 龙卡 史上 易购 田里 田地 何人 康复 苏宁 苏州 许多 许诺 许久 郑州 郑重 徐州 沈阳 洪水 严重 严格 左右 左边 余额 余钱 简单 简直 季度 尚未 齐全 符合 谢谢 谢过 汤药 严肃 应付 曾经 顾不 顾客 ' +
    '宋城 唐山 韩国 罗山 鲁山 柳州 洪灾 董事 张口 张嘴 张罗 陆续 范围 孔子 朱红 欧元 欧洲 欧美 杜绝 贺卡 丁点 左一 邓州 叶子 夏邑 梅毒 盛世 章程 温县 司机 司法 柴油 辛苦 焦作 项城 康师 景区 孙子 游戏 游客 旅游 边说 边上 边问 申请 申报 莫名 楼上 楼下 楼里 仇人 计较 商丘 单县 后天 后面 经营 东边 连我'
  ).split(' '),
);
/** Words that end in a surname: 对方经理 is nobody called 方. */
const WORDS_BEFORE = new Set(
  '公司 公安 平安 治安 保安 西安 铁路 高铁 公路 网路 长安 黄金 现金 基金 资金 佣金 本金 奖金 押金 课程 流程 工程 远程 过程 日程 责任 主任 信任 担任 前任 对方 警方 官方 双方 我方 卖方 校方 院方 地方 提高 最高 很高 经常 正常 平常 非常 异常 明白 上海 银海 客商 供应 电商 券商 厂商 班车 网游 导游 主管 保管 海关 有关 机关 本周 一周 上周 下周 每周 这周 订单 账单 名单 下单 刷单 本钱 赚钱 借钱 转钱 挣钱 律师 老师 医师 讲师 大师 导师 分管 入党 网易 交易 贸易 平时 小时 及时 有时 文明 说明 证明 声明 最后 以后 之后 然后 语文 水平 公平 承包 钱包 红包 外国 中国 全国'.split(
    ' ',
  ),
);
/** Small words that end a name: 我叫李强在镇上. */
const SMALL = new Set(
  '在是的了昨今被把给跟和说就也都从去来要让叫住有想咋刚现他她你我俺这那个不没又还与及到打找问转向对等请位会能着过得跑接收加搁恁哩咧哄诓信',
);
/** What follows a town, an office or a firm, not a person. */
const PLACE_WORDS =
  /^(?:[局县市区镇乡村路厂店所站院部委队]|街道|社区|银行|公安|法院|公司|集团|金融|客服|平台|中心|医院|学校|小学|中学|大学|超市|物业|快递|移动|联通|电信|证券|基金|保险|商城|[庄楼营湾](?=[的，。]))/;
const FIRM = /^\p{Script=Han}{0,20}?(?:公司|商行|经营部|中心|商店|超市|集团|银行|医院|委员会)/u;
const HAN = /\p{Script=Han}/u;
const BLANKS = new Set(' .·*　');

const KIN =
  '儿子|婆婆|公公|岳父|岳母|丈人|丈母娘|嫂子?|干[爹妈娘]|闺女|女儿|老伴儿?|(?<!养)老公|老婆|丈夫|妻子|媳妇儿?|爱人|对象|男人|女人|哥哥?|弟弟?|姐姐?|妹妹?|爸爸?|妈妈?|爹|娘|[爷奶][爷奶]?|叔叔?|婶子?|[大二三小]伯|舅舅?|妗子?|姨|姨妈|姑姑?|侄子|侄女|侄儿|孙子|孙女|孙|外甥女?|外孙女?|邻居|同学|同事|朋友|闺蜜|领导|老板|亲戚|亲家|老乡|战友|师傅|女婿|儿媳妇?|孩子|小孩|娃|妮儿?|小子|老头子?|老头儿|老太太|老汉|掌柜的|当家的|屋里的|俺家的|妯娌|连襟|工友|室友|网友|房东|徒弟|发小|同村的?|客户|申请人|借款人|担保人|投保人|被保险人|当事人|报案人|受害人|嫌疑人|本人|会计|支书|村长|队长|书记|主任';
const INTRODUCTIONS = new RegExp(
  '(?<sure>(?:[我俺咱他她你]|对方|儿子|(?<!养)老公|名字?|本人|人)(?:名字)?叫(?!做)|[个位名]叫(?!做)|名字是|真名是|大名是|实名是)|' +
    '(?<label>姓名|户名|收款人|收款方|收款户名|联系人|开户人|户主|机主|收件人|收货人|寄件人|持卡人|法人|经办人|开户名|账户名)|' +
    `(?<may>(?:${KIN})儿?(?:名?叫|是|的名字是)?|[我俺咱他她这]就?是|对方是|自称是?|冒充|(?<![喊别我俺])叫做?|找|认识|查一?[查下]|举报|曝光)`,
  'gu',
);

/** The name that begins at `at`: how long it is written, or 0. `sure` says that nothing but a name can stand there. */
function nameLength(text: string, at: number, sure: boolean): number {
  const double = DOUBLE.exec(text.slice(at, at + 2));
  if (!double && !(sure ? SURE_SURNAMES : SURNAMES).has(text[at] ?? '')) return 0;
  let end = at + (double ? 2 : 1);
  const spaced = BLANKS.has(text[end] ?? '');
  const next = (): number => (spaced && BLANKS.has(text[end] ?? '') ? end + 1 : end);
  const first = next();
  if (!HAN.test(text[first] ?? '')) return double ? 2 : 0;
  if (!sure && !spaced) {
    if (
      WORDS_LIKE_NAMES.has(text.slice(at, at + 2)) ||
      (SMALL.has(text[first] ?? '') && !BLESSED.test(text.slice(first, first + 2)))
    )
      return 0;
    if ([1, 2, 3].some((ahead) => PLACE_WORDS.test(text.slice(at + ahead, at + ahead + 3)))) return 0;
    if (TITLE_NEXT.test(text.slice(at + 1, at + 4))) return 0;
  }
  end = first + 1;
  const second = next();
  if (HAN.test(text[second] ?? '') && !SMALL.has(text[second] ?? '')) end = second + 1;
  return end - at;
}

const FOREIGN = /^\p{Script=Han}{1,6}[·•・]\p{Script=Han}{1,8}|^[A-Za-z]{2,12}(?: [A-Za-z]{2,12})?(?![A-Za-z\d])/u;
const LATIN_WORDS = /^(?:app|apk|etc|qq|vip|ok|pos|atm|nfc|usdt)/i;
/** A name without a surname, 我叫二妮, is told only by the end of the sentence behind it. */
const CALLED =
  /^(?![他她它你人俺我孩儿老警客银派家自那这啥谁不别没大个有责购赔做])\p{Script=Han}{2,4}(?=[，。,.!！?？、\s]|$)/u;

function introduced(text: string, at: number, kind: 'sure' | 'label' | 'may'): number {
  if (kind === 'label' && FIRM.test(text.slice(at, at + 24))) return 0;
  const foreign = FOREIGN.exec(text.slice(at, at + 26))?.[0] ?? '';
  if (foreign !== '' && (kind !== 'may' || !/^[A-Za-z]/.test(foreign)) && !LATIN_WORDS.test(foreign))
    return foreign.length;
  if (PET_NAME.test(text.slice(at, at + 3))) return 2;
  const length = nameLength(text, at, kind !== 'may');
  if (length > 0 || kind === 'may') return length;
  return CALLED.exec(text.slice(at, at + 6))?.[0].length ?? 0;
}

function maskIntroduced(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { 0: word, index, groups } of text.matchAll(INTRODUCTIONS)) {
    if (index < kept) continue;
    const kind = groups?.sure ? 'sure' : groups?.label ? 'label' : 'may';
    let at = index + word.length;
    at += (/^(?:\s{0,2}(?:就?是|为|叫|[:：=“"「（(])?\s{0,2})/.exec(text.slice(at, at + 6))?.[0] ?? '').length;
    for (let more = true, first = true; more; first = false) {
      const length = introduced(text, at, first ? kind : 'may');
      if (length > 0) {
        parts.push(text.slice(kept, at), '【姓名】');
        kept = at + length;
        at = kept + 1;
      }
      more = length > 0 && '、和跟与及'.includes(text[kept] || '!');
    }
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

const TITLES =
  '先生|女士|小姐|老师|大爷|大娘|大妈|大伯|大叔|大婶|大哥|大姐|大嫂|[叔婶哥姐嫂](?![弟妹夫])|总(?![共是的会体额部之结在有要想得算])|经理|主任|书记|村长|支书|会计|医生|大夫|警官|警察|局长|院长|校长|老板|师傅|队长|所长|镇长|乡长|县长|市长|科长|处长|股长|组长|站长|检察官|法官|律师|阿姨|奶奶|爷爷|同志|某某?|导师|教授|客服|助理|专员|教练|班长|班主任|厂长|行长|政委|指导员|排长|连长';
const TITLE_NEXT = new RegExp(`^(?:${TITLES})`);
const TITLED = new RegExp(`(?:${DOUBLES}|[${PLAIN}${WORDLIKE}])(?=${TITLES})`, 'gu');
const OWNED = new RegExp(
  `[${PLAIN}]\\p{Script=Han}{1,2}(?=的(?:电话|手机|号码?|微信|身份证|银行卡|卡号?|账户|账号|家|儿子|闺女|老婆|媳妇))`,
  'gu',
);
const SURNAME_TOLD = new RegExp(`(?<=姓)(?:${DOUBLES}|[${PLAIN}${WORDLIKE}])(?:名\\p{Script=Han}{1,2})?`, 'gu');
const FAMILIAR = new RegExp(`(?<![很太最大从])[小老][${PLAIN.slice(0, 70)}](?![子客])`, 'gu');
const GIVEN =
  '建国民华军伟芳秀英兰花梅娟丽敏静强磊洋勇艳杰娜涛明超霞刚桂玉萍红鹏凤云飞文斌波辉琴荣志春海新永福贵财德柱根栓全喜顺庆祥林峰宝珍珠翠莲菊枝香玲燕美慧婷雪佳欣怡琳博宇浩轩梓涵俊凯旭亮龙虎彪占胜忠义仁孝善良富妮梦倩雯颖莹薇蓉晨阳昊泽瑞嘉诗瑶得彦振耀勤俭连清淑素巧爱改爽景运自学士增兴广树合立保卫党育发宏洪';
const NAMED_AND_TITLED = new RegExp(
  `(?:[${PLAIN}]\\p{Script=Han}{1,2}?|[${WORDLIKE}][${GIVEN}]{1,2}?)(?=${TITLES})`,
  'gu',
);
/** 王刚, 李想, 常有福: a small word that a given name begins with. */
const BLESSED = new RegExp(`^(?:刚(?![才说打接到])|[想信](?![要着让去给办息用了他她你我])|[有来得][${GIVEN}])`);
const PET_NAME = new RegExp(`^[小大二老阿][${GIVEN}](?![\\d款号])`);
const UNMISTAKABLE = new RegExp(`[${PLAIN}][${GIVEN}]{2}`, 'gu');
const ABROAD = '买提艾力阿卜杜热古丽娜尔吐逊木合麦江伊斯玛依布拉克孜帕拜亚森肉再努居曼祖库班沙迪塔';
const UYGHUR = new RegExp(`[${ABROAD}]{2,6}[·•・.][${ABROAD}]{2,8}`, 'gu');

const isWord = (name: string, offset: number, text: string): boolean =>
  WORDS_LIKE_NAMES.has(text.slice(offset, offset + 2)) ||
  WORDS_BEFORE.has(text.slice(Math.max(0, offset - 1), offset + 1)) ||
  [...name].slice(1).some((char) => SMALL.has(char));

/** Names of people taken out: behind a word that introduces one, before a title, and where only a name is written like that. */
export function maskNames(text: string): string {
  const unlessWord = (name: string, offset: number, whole: string): string =>
    isWord(name, offset, whole) ? name : '【姓名】';
  return maskIntroduced(text)
    .replace(UYGHUR, '【姓名】')
    .replace(TITLED, unlessWord)
    .replace(NAMED_AND_TITLED, unlessWord)
    .replace(OWNED, unlessWord)
    .replace(SURNAME_TOLD, '【姓名】')
    .replace(FAMILIAR, '【姓名】')
    .replace(UNMISTAKABLE, unlessWord);
}
