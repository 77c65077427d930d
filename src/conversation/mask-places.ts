/** Characters in front of a name of a road or village that are not part of it. */
const OUTSIDE = new Set(
  '县市区镇乡道省州在是住到去从往的了们家和跟给有叫个这那几两俺我咱你他她它至于向贴扫各见政改成资把回来走过就被让说找问送寄搬位址着又还都也不没上下头边',
);
const HAN = /\p{Script=Han}/u;

/** How the place goes on behind its name: 12号院3单元502室, 三组, 第五村民组. */
const REST =
  /^(?:[东西南北中]段|[与和]\p{Script=Han}{1,5}(?:[路街]|大道)|小区|[东西南北][区头]|交叉口|路口|第|附|[\dA-Za-z一二三四五六七八九十百零〇]{1,5}|村民组|村?委会?|号楼|号院|号|组|队|栋|幢|座|单元|楼|层|室|户|院|期|排|区|东户|西户|[ #－-](?=[\dA-Za-z一二三四五六七八九十]))/u;

/** What shows that a place which finds one door is named. The part in front of it is looked for by hand, it has no fixed beginning. */
const SIGNS: readonly RegExp[] = [
  /(?:大道|[路街巷弄]|胡同)(?:[东西南北中]段)?\s?(?:附|第)?[\d一二三四五六七八九十百零〇]{1,5}\s?(?:号|弄|院)/gu,
  /(?<![马公铁道走半套一线思出网回问末迷带领活后退赶顺上大])路(?=[东西南北中]段|与|和\p{Script=Han}{1,4}路|交叉口)/gu,
  /(?<=(?:[县区镇乡]|街道|住|住在|家在|位于|开在)\p{Script=Han}{1,4})(?<![马公铁道走半套一线思出网回问末迷带领活后退赶顺上])(?:路|大道|巷|胡同)/gu,
  /(?<![农全同俺我们咱本邻外个这那壁他乡进回驻包每各某该在到去是的了山下出入离咱别旁])村(?![干部医支书长官霸里上头口民])/gu,
  /(?<=(?:[县区镇乡]|街道|住|住在|家在)\p{Script=Han}{1,3})村(?=[里上头口民支])/gu,
  /(?<=(?:住|住在|家在|家住|家是|俺是|我是|老家是?|娘家是?)\p{Script=Han}{1,3})[庄营寨湾岗屯坡沟楼洼桥堂店集铺冲堰郢](?=[的，。,！!？?\s里那有人]|$)/gu,
  /[庄营寨湾岗屯坡沟楼洼桥堂店集铺冲堰郢](?=第?[\d一二三四五六七八九十]{1,2}[组队](?!长))/gu,
  /(?:小区|家园|花园|(?<!养老)公寓|家属院|家属楼|新村|社区(?=[\d一二三四五六七八九十]))/gu,
  /[\dA-Za-z一二三四五六七八九十]{1,3}(?:号楼|[栋幢]|#楼|单元)/gu,
  /(?<![\d.])\d{3,4}室/gu,
];
const LONGEST_NAME = 5;
const LONGEST_REST = 14;

/** Names are short and begin behind a county, a town, or a small word. */
function beginning(text: string, sign: number, from: number): number {
  let start = sign;
  while (start > from && sign - start < LONGEST_NAME) {
    const char = text[start - 1] ?? '';
    if (!HAN.test(char) || OUTSIDE.has(char)) break;
    start--;
  }
  return start;
}

function ending(text: string, from: number): number {
  let end = from;
  for (let piece = 0; piece < LONGEST_REST; piece++) {
    const rest = REST.exec(text.slice(end, end + 8));
    if (!rest) break;
    end += rest[0].length;
  }
  return end;
}

function maskSign(text: string, sign: RegExp): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { 0: found, index } of text.matchAll(sign)) {
    if (index < kept) continue;
    const start = beginning(text, index, kept);
    if (start === index && !/^[\dA-Za-z一二三四五六七八九十]/.test(found)) continue;
    parts.push(text.slice(kept, start), '【住址】');
    kept = ending(text, index + found.length);
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

const AFTER_LABEL =
  /(?<=(?:地址|住址|住处)(?:是|为|[:：])\s?)(?!假|骗|错|空|啥|哪|什么|不)[\p{Script=Han}\dA-Za-z#号 -]{4,40}/gu;
const CLASS = /(?:[一二三四五六七八九\d]年级|[高初][一二三123])\s?[（(]?[一二三四五六七八九十\d]{1,2}[)）]?班/gu;

/** From the road, the village or the estate on an address goes; county and town stay, many people live there. */
export function maskPlaces(text: string): string {
  const labelled = text.replace(AFTER_LABEL, '【住址】').replace(CLASS, '【班级】');
  return SIGNS.reduce(maskSign, labelled).replace(/【住址】(?:[ ,，]?【住址】){1,9}/g, '【住址】');
}
