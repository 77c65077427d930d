/** What the operator allows beyond what stands in the knowledge itself. */
export interface Allowed {
  /** Hosts to which a lesson may link, in small letters. */
  readonly videoHosts: readonly string[];
}

/**
 * Host and path of a link as it is read, not as a browser would mend it: no user, no port, no backslash, no letters that
 * only look like ASCII. What a resident sees is where the link leads.
 */
const PLAIN_LINK = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\/[\w.~%!$&'()*+,;=:@/?#-]*)?$/;

/** What is wrong with the link of a lesson to its video, or nothing. */
export function faultOfVideo(link: string, { videoHosts }: Allowed): { what: string; cure: string } | undefined {
  if (!link.startsWith('https://'))
    return { what: '视频链接不是 https:// 开头', cure: '换成 https:// 开头的网址，或删掉 video 这一行' };
  const host = PLAIN_LINK.exec(link)?.[1];
  if (host === undefined)
    return {
      what: '视频链接的写法不对',
      cure: '写成 https://网站名/……；网站名后面不带端口，前面不带“账号@”，不写中文和空格',
    };
  if (videoHosts.includes(host)) return undefined;
  const list = videoHosts.length > 0 ? `换成准许的网站（${videoHosts.join('、')}）` : '现在一个网站也没有准许';
  return {
    what: `视频链接的网站 ${host} 没有准许过`,
    cure: `${list}；要准许它，把它写进设置 FANZHA_VIDEO_HOSTS；不要视频就删掉 video 这一行`,
  };
}
