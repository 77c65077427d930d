/** The hundred surnames that most people have; after 我是 a name is told from an office by them. */
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';

/** What is taken out, in this order, and what stands in its place. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[A-Za-z\d._%+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/g, '【邮箱】'],
  [/https?:\/\/\S+|(?:[a-z\d-]+\.)+(?:com|cn|net|org|top|xyz|cc|vip|club|site|info|me|io|app)(?:\/\S*)?/gi, '【网址】'],
  [/(?<!\d)\d{17}[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)/g, '【身份证号】'],
  [/(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/g, '【卡号】'],
  [/(?<!\d)(?:\+?86[ -]?)?1[3-9](?:[ -]?\d){9}(?!\d)/g, '【手机号】'],
  [/(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)/g, '【电话】'],
  [/(?<=(?:验证码|校验码|动态码|密码|取件码|口令)\D{0,6})\d{4,8}(?!\d)/g, '【码】'],
  [/(?<=(?:微信号?|QQ号?|扣扣号?|账号|帐号|户名|车牌号?)\s{0,2}(?:是|为|：|:)?\s{0,2})[A-Za-z\d_-]{5,}/gi, '【号】'],
  [/(?<!\d)\d{7,}(?!\d)/g, '【号码】'],
  [/(?<=(?:我叫|名叫|名字叫|名字是|姓名[：:是]?)\s?)\p{Script=Han}{2,4}(?=[，。,.!！\s]|$)/gu, '【姓名】'],
  [new RegExp(`(?<=(?:我是|俺是)\\s?)[${SURNAMES}]\\p{Script=Han}{1,2}(?=[，。,.!！\\s]|$)`, 'gu'), '【姓名】'],
];

/**
 * A text in which nobody can be found again: telephones, ids, cards, codes, addresses of mail and web, and the name behind
 * 我叫 are taken out. Hotlines (110, 96110, 12381) and sums stay, they tell what happened. At most 500 characters.
 */
export function mask(text: string): string {
  const plain = text
    .replace(/[０-９Ａ-Ｚａ-ｚ＠．－＋]/g, (wide) => wide.normalize('NFKC'))
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
  const masked = MASKS.reduce((all, [pattern, instead]) => all.replace(pattern, instead), plain);
  return [...masked].slice(0, 500).join('');
}
