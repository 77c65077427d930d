/** A node as satori takes it, without JSX. */
export interface Node {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>> & {
    readonly style: Style;
    readonly children?: readonly Node[] | string;
  };
}

export type Style = Readonly<Record<string, string | number>>;

/** A node whose height in pixels is known before it is laid out. */
export interface Piece {
  readonly node: Node;
  readonly height: number;
}

/**
 * A flex container, a column unless the style says otherwise. Every box is positioned, so that what comes later in the tree
 * is painted over what comes earlier.
 */
export function box(style: Style, ...children: readonly Node[]): Node {
  return {
    type: 'div',
    props: {
      style: {
        display: 'flex',
        position: 'relative',
        flexDirection: 'column',
        boxSizing: 'border-box',
        flexShrink: 0,
        ...style,
      },
      children,
    },
  };
}

/** One line of text that is never broken further. */
export function textLine(text: string, style: Style): Node {
  return {
    type: 'div',
    props: {
      style: {
        display: 'flex',
        position: 'relative',
        boxSizing: 'border-box',
        flexShrink: 0,
        whiteSpace: 'nowrap',
        ...style,
      },
      children: text,
    },
  };
}

/** Pieces one below the other. */
export function stack(gap: number, pieces: readonly Piece[], style: Style = {}): Piece {
  return {
    node: box({ gap, ...style }, ...pieces.map((piece) => piece.node)),
    height: pieces.reduce((sum, piece) => sum + piece.height, 0) + gap * Math.max(0, pieces.length - 1),
  };
}

/** A filled circle; placed absolutely when the style says where. */
export function disc(diameter: number, colour: string, style: Style = {}, ...children: readonly Node[]): Node {
  return box(
    {
      width: diameter,
      height: diameter,
      borderRadius: diameter / 2,
      backgroundColor: colour,
      alignItems: 'center',
      justifyContent: 'center',
      ...style,
    },
    ...children,
  );
}

/** A square picture made of an SVG text. */
export function square(svg: string, side: number): Node {
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return {
    type: 'img',
    props: { src, width: side, height: side, style: { width: side, height: side, flexShrink: 0 } },
  };
}
