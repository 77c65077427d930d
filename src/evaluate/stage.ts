/**
 * How far a fraud has come, by plain words that stand in the message: independent of what the recogniser finds, and rough.
 * The first that fits, from the end of the story to its beginning.
 */
const STAGES: readonly (readonly [string, RegExp])[] = [
  ['钱没了以后', /追回|退赃|被骗的钱|拉黑|联系不上|失联|跑路|提不出来|取不出来|不到账/],
  ['再要一笔', /解冻|保证金|手续费|激活费|认证金|个税|交税|补足|再交|再充|再转|又要|又叫|又让|连单|信用分|流水不够/],
  ['吓唬催逼', /逾期|冻结|停用|封号|逮捕|通缉|涉嫌|曝光|起诉|最后一天|今天之内|截止|否则|不然|别告诉|保密|抓/],
  [
    '要钱要东西',
    /转账|转给|转到|打到|打给|汇款|付款|垫付|充值|交钱|交[\d一二两三四五六七八九十几百千万]|验证码|密码|卡号|身份证|共享|下载|安装|点击|扫码|链接|寄|取现/,
  ],
  ['给甜头', /红包|佣金|返利|免费|领取|中奖|补贴|退款|赔付|稳赚|高薪|礼品|名额|内幕|收益|福利/],
  ['搭话', /[\s\S]/],
];

export const STAGE_NAMES: readonly string[] = STAGES.map(([name]) => name);

export function stageOf(text: string): string {
  return STAGES.find(([, words]) => words.test(text))?.[0] ?? '搭话';
}
