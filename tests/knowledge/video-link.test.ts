import { expect, test } from 'vitest';
import { type Allowed, faultOfVideo } from '../../src/knowledge/check-video.ts';

const VIDEOS: Allowed = { videoHosts: ['v.example.gov.cn'] };

test.each(['https://v.example.gov.cn', 'https://v.example.gov.cn/', 'https://v.example.gov.cn/a-b/01.mp4?t=30#x'])(
  'a link may be %s',
  (link) => {
    expect(faultOfVideo(link, VIDEOS)).toBeUndefined();
  },
);
test.each([
  ['a host below the allowed one', 'https://a.v.example.gov.cn/01', /没有准许过/],
  ['a host that begins like it', 'https://v.example.gov.cn.evil.example/01', /没有准许过/],
  ['a host that ends like it', 'https://evil-v.example.gov.cn/01', /没有准许过/],
  ['a user with a password', 'https://v.example.gov.cn:443@evil.example/01', /写法不对/],
  ['a user at the allowed host', 'https://somebody@v.example.gov.cn/01', /写法不对/],
  ['a port', 'https://v.example.gov.cn:8443/01', /写法不对/],
  ['the usual port', 'https://v.example.gov.cn:443/01', /写法不对/],
  ['a backslash', 'https://v.example.gov.cn\\@evil.example/01', /写法不对/],
  ['a full stop at the end of the host', 'https://v.example.gov.cn./01', /写法不对/],
  ['a letter of another script', 'https://v.ex\u0430mple.gov.cn/01', /写法不对/],
  ['its punycode', 'https://v.xn--exmple-4nf.gov.cn/01', /没有准许过/],
  ['full-width letters', 'https://ｖ.example.gov.cn/01', /写法不对/],
  ['a path in Chinese', 'https://v.example.gov.cn/第一课', /写法不对/],
  ['a question in place of the path', 'https://v.example.gov.cn?@evil.example', /写法不对/],
  ['a second line', 'https://v.example.gov.cn/01\nhttps://evil.example/', /写法不对/],
  ['a tab that browsers drop', 'https://v.example.gov.cn\t.evil.example/', /写法不对/],
  ['no encryption', 'http://v.example.gov.cn/01', /不是 https:\/\/ 开头/],
  ['a script', 'javascript:alert(1)', /不是 https:\/\/ 开头/],
])('a link may not have %s', (_, link, expected) => {
  expect(faultOfVideo(link, VIDEOS)?.what).toMatch(expected);
});
