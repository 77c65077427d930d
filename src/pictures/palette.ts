/** The colours of all pictures: a field at dusk, ripe wheat, paper. Nothing else is used. */
export const PALETTE = {
  paper: '#FAF5E9',
  /** Paper in the shade: grounds of panels. */
  shade: '#EFE5CE',
  ink: '#16211D',
  /** Second text on paper. */
  moss: '#3B4A43',
  pine: '#0C362F',
  /** The two rings on pine. */
  pineRing: '#103E35',
  pineCore: '#13453B',
  /** Second text on pine. */
  sand: '#F0E6CC',
  wheat: '#FFCB45',
  brick: '#8A1C12',
  /** The ground of a code, which readers want white. */
  white: '#FFFFFF',
} as const;

export type Colour = (typeof PALETTE)[keyof typeof PALETTE];

const { paper, shade, ink, moss, pine, pineRing, pineCore, sand, wheat, brick, white } = PALETTE;

/** Every text colour with every ground that it stands on. */
export const PAIRS: readonly (readonly [text: Colour, ground: Colour])[] = [
  ...[ink, moss, pine, brick].flatMap((text) => [paper, shade].map((ground) => [text, ground] as const)),
  ...[paper, sand, wheat].flatMap((text) => [pine, pineRing, pineCore].map((ground) => [text, ground] as const)),
  [ink, wheat],
  [pine, wheat],
  [ink, white],
];
