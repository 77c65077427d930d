import type { Mind } from '../conversation/index.ts';
import { type Fraud, REGISTERS } from '../domain/index.ts';
import { createLexicon, type Piece, parsePhrase } from '../knowledge/index.ts';
import { createNormalise, foldWord } from '../normalise/index.ts';
import { createMatcher, wordsOfPhrases } from '../recognise/index.ts';

/**
 * For one fraud, or for all: each phrase, what it was compiled to, how many sayings of its own fraud and of others it
 * hits, and one it hits. Shows an editor which phrase earns its place.
 */
export function reportPhrases({ base }: Mind, entry: string | undefined): readonly string[] {
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const sayings = base.frauds.flatMap((fraud) =>
    REGISTERS.flatMap((register) =>
      fraud.sayings[register].map((saying) => ({ family: fraud.family, saying, text: normalise(saying).text })),
    ),
  );
  return base.frauds
    .filter((fraud) => entry === undefined || fraud.id === entry)
    .flatMap((fraud) => [`\n${fraud.id} ${fraud.name}`, ...linesOf(fraud)]);

  function linesOf(fraud: Fraud): readonly string[] {
    const lexicon = createLexicon({ ...base.slots, ...fraud.words });
    return fraud.signs.flatMap(({ sign, weight, phrases }) =>
      phrases.flatMap((phrase) => {
        const matcher = createMatcher([{ phrase, owner: 0, lexicon }], foldWord);
        const hits = sayings.filter(({ text }) => matcher.match(text).length > 0);
        const own = hits.filter((hit) => hit.family === fraud.family);
        const variants = parsePhrase(phrase);
        const example = own[0] ?? hits[0];
        return [
          `  ${phrase}`,
          `      ${sign}（${weight}）  ${describe(variants[0] ?? [])}${variants.length > 1 ? `，共 ${variants.length} 种` : ''}`,
          `      本类说法 ${own.length} 句，别类 ${hits.length - own.length} 句${example ? `，如：${example.saying}` : ''}`,
        ];
      }),
    );
  }
}

function describe(pieces: readonly Piece[]): string {
  return pieces
    .map(({ choices, gap }) => {
      const words = choices.map((choice) => ('word' in choice ? choice.word : `{${choice.slot}}`)).join('/');
      if (!gap || gap.max === 0) return gap ? `紧接 ${words}` : words;
      return `隔 0-${gap.max} 字${gap.acrossSentences ? '（可跨句）' : ''} ${words}`;
    })
    .join(' → ');
}
