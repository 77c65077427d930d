import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../src/channels/official-account/refusal.ts';
import { cdata, readXml, withoutControls, XML_LIMIT } from '../../src/channels/official-account/xml.ts';

const read = (xml: string): Record<string, string> => Object.fromEntries(readXml(xml));

describe('a message of WeChat’s', () => {
  test('gives its values, bare or in CDATA, blanks between elements aside', () => {
    expect(
      read(
        '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n <A><![CDATA[ 一 <b>&amp; ]]></A>\n <B> 12 </B><C></C><D/></xml>\n',
      ),
    ).toEqual({ A: ' 一 <b>&amp; ', B: '12', C: '', D: '' });
  });
  test('may spread a value over several sections, with blanks around', () => {
    expect(read('<xml><A>  <![CDATA[a]]]]><![CDATA[>b]]>\n</A></xml>')).toEqual({ A: 'a]]>b' });
  });
  test('may nest lists; the first of a repeated item stands', () => {
    expect(read('<xml><P><Count>2</Count><L><item><M>1</M></item><item><M>2</M></item></L></P></xml>')).toEqual({
      'P/Count': '2',
      'P/L/item/M': '1',
    });
  });
  test('may speak of DOCTYPE and closing tags inside its text', () => {
    const said = '<!DOCTYPE a><!ENTITY b "c"></Content></xml>';
    expect(read(`<xml><Content><![CDATA[${said}]]></Content></xml>`)).toEqual({ Content: said });
  });
  test('may name elements like what objects inherit', () => {
    expect(readXml('<xml><__proto__>1</__proto__><constructor>2</constructor></xml>').get('__proto__')).toBe('1');
  });
});

const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

describe('hostile documents', () => {
  test.each([
    ['a billion laughs', `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">${LAUGHS}]><xml><A>&l9;</A></xml>`],
    ['a file through an entity', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><A>&f;</A></xml>'],
    ['a parameter entity', '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><xml></xml>'],
    ['a document type after the root began', '<xml><!DOCTYPE x><A>1</A></xml>'],
    ['an entity declared inside', '<xml><!ENTITY a "b"><A>1</A></xml>'],
    ['a predefined entity', '<xml><A>a &lt; b</A></xml>'],
    ['a numeric entity', '<xml><A>&#x41;</A></xml>'],
    ['an inclusion', '<xml xmlns:xi="x"><xi:include href="file:///etc/passwd"/></xml>'],
    ['an attribute', '<xml><A b="c">1</A></xml>'],
    ['a comment', '<xml><A>1<!-- x --></A></xml>'],
    ['an instruction', '<xml><?php echo 1 ?><A>1</A></xml>'],
    ['a stylesheet before the root', '<?xml-stylesheet href="x"?><xml></xml>'],
    ['CDATA that never ends', '<xml><A><![CDATA[x</A></xml>'],
    ['CDATA end without a beginning', '<xml><A>x]]></A></xml>'],
    ['CDATA outside the root', '<![CDATA[x]]><xml></xml>'],
    ['CDATA in small letters', '<xml><A><![cdata[x]]></A></xml>'],
    ['CDATA beside text', '<xml><A>x<![CDATA[y]]></A></xml>'],
    ['a CDATA section around a child', '<xml><A><![CDATA[y]]><B>1</B></A></xml>'],
    ['text between elements', '<xml>x<A>1</A></xml>'],
    ['two senders', '<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>'],
    ['two roots', '<xml></xml><xml></xml>'],
    ['another root', '<html></html>'],
    ['tags that cross', '<xml><A><B></A></B></xml>'],
    ['a closing tag too many', '<xml></xml></xml>'],
    ['no closing tag', '<xml><A>1</A>'],
    ['a tag without end', '<xml><A'],
    ['something behind the end', '<xml></xml>x'],
    ['nothing', ''],
    ['JSON', '{"MsgType":"text"}'],
    ['too deep', `<xml>${'<A>'.repeat(6)}${'</A>'.repeat(6)}</xml>`],
    ['too many elements', `<xml>${Array.from({ length: 300 }, (_, n) => `<A${n}/>`).join('')}</xml>`],
    ['too large in bytes', `<xml><A>${'字'.repeat(XML_LIMIT / 3)}</A></xml>`],
  ])('are refused: %s', (_name, xml) => {
    expect(() => readXml(xml)).toThrow(Refused);
  });
  test('cost no more than their length', () => {
    const worst = [
      '<![CDATA['.repeat(1_800),
      '<xml>'.repeat(3_200),
      `<xml><A>${'<![CDATA[]]>'.repeat(1_300)}`,
      '<'.repeat(16_000),
    ];
    const startedAt = performance.now();
    for (let n = 0; n < 50; n += 1) for (const xml of worst) expect(() => readXml(xml)).toThrow(Refused);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
  test('never bring anything but a refusal', () => {
    const piece = fc.constantFrom(
      '<xml>',
      '</xml>',
      '<A>',
      '</A>',
      '<![CDATA[',
      ']]>',
      '&a;',
      '<!',
      '<?',
      '>',
      'x',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          readXml(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(Refused);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a value that we write', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(']', ']]>', '<![CDATA[', '</A>', '&', '\0', '\uD800', '\u001b'), { maxLength: 12 })
      .map((all) => all.join('')),
  );
  test('is read back as it was, without what XML cannot carry', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(read(`<xml><A>${cdata(text)}</A></xml>`).A).toBe(withoutControls(text));
      }),
      { numRuns: 500 },
    );
  });
  test('has no control characters and no halves of characters', () => {
    expect(withoutControls('甲\0\u0008\u007f\uD83D乙\n\t\uFFFE😀')).toBe('甲乙\n\t😀');
  });
});
