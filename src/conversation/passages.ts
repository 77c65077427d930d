/** A text up to this long is judged as a whole only. Characters. */
const WHOLE = 100;
/** Sentences are put together up to this length, each passage beginning with the last sentence of the one before. */
const PASSAGE = 60;
/** A sentence this long is looked at alone as well. */
const SENTENCE = 16;
/** More are not looked at: a message has at most 5,000 characters. */
const MOST = 150;

/**
 * The passages of a long text: its longer sentences, and a few whole sentences together. What a swindler wants stands in
 * one or two of them; a thousand harmless characters around it must not outweigh it. None for a short text.
 */
export function passagesOf(text: string): readonly string[] {
  if (text.length <= WHOLE) return [];
  const sentences = text.match(/[^。！？!?\n；;]{1,200}[。！？!?\n；;]*/gu) ?? [];
  const passages = new Set(sentences.filter((sentence) => sentence.length >= SENTENCE));
  let passage = '';
  let last = '';
  for (const sentence of sentences) {
    if (passage !== '' && passage.length + sentence.length > PASSAGE) {
      passages.add(passage);
      passage = last.length + sentence.length <= PASSAGE ? last : '';
    }
    passage += sentence;
    last = sentence;
  }
  if (passage !== '') passages.add(passage);
  return [...passages].slice(0, MOST);
}
