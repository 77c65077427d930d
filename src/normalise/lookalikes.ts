/** Pairs of what is written and what a reader takes it for. */
const pairs = (written: string, meant: string): readonly (readonly [string, string])[] => {
  const meantCharacters = [...meant];
  return [...written].map((char, i) => [char, meantCharacters[i] ?? ''] as const);
};

/**
 * Rare characters that a reader takes for a common one, before capitals become small. Only where no other reading is
 * likely.
 */
export const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  // Greek and Cyrillic letters by their looks: capital Ν is N, small ν is v
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abezhikmnoptyx'),
  ...pairs('αεικορτυχν', 'aeikoptuxv'),
  ...pairs('АВЕКМНОРСТУХЅІЈ', 'abekmhopctyxsij'),
  ...pairs('аеосрхуёѕіј', 'aeocpxyesij'),
  // digits in discs, which Unicode's compatibility forms leave alone
  ...pairs('⓿❶❷❸❹❺❻❼❽❾', '0123456789'),
  ...pairs('➀➁➂➃➄➅➆➇➈', '123456789'),
  ...pairs('➊➋➌➍➎➏➐➑➒', '123456789'),
  ...pairs('∨∪∩', 'vun'),
  // Chinese and Japanese characters
  ...pairs(
    '〇帳徴囍氹卄凍幷囬偘銭転売関獎奬単夲巳丅曰镓㸃傚験変読発権図応対壱弐卞忝咔',
    '零账征喜凼廿冻并回侃钱转卖关奖奖单本已下日家点效验变读发权图应对一二卡贴卡',
  ),
]);
