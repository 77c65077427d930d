/** A QR code as a square of dark and light modules, without the light border around it. */
export interface QrCode {
  readonly size: number;
  isDark(x: number, y: number): boolean;
}

/** Light modules around the code; readers need four. */
const BORDER = 4;
const [BLACK_ON_WHITE, PLAIN] = ['\u001b[30;107m', '\u001b[0m'];

/**
 * Loads the encoder only now: most programs never show a code. Throws when the text is longer than a code can hold.
 * Correction M still reads when a seventh of the code is dirty, L is coarser.
 */
export async function qrCode(text: string, correction: 'L' | 'M' = 'L'): Promise<QrCode> {
  const { create } = await import('qrcode');
  const { size, data } = create(text, { errorCorrectionLevel: correction }).modules;
  const inside = (at: number): boolean => at >= 0 && at < size;
  return { size, isDark: (x, y) => inside(x) && inside(y) && data[y * size + x] === 1 };
}

/**
 * The code in half blocks, two modules to a sign. With `colours` black on white, whatever the terminal's own are; without,
 * the light modules are drawn, which suits the dark ground that most terminals have.
 */
export function asBlocks(code: QrCode, colours: boolean): string {
  const signs = colours ? [' ', '▄', '▀', '█'] : ['█', '▀', '▄', ' '];
  const lines: string[] = [];
  for (let y = -BORDER; y < code.size + BORDER; y += 2) {
    let line = '';
    for (let x = -BORDER; x < code.size + BORDER; x += 1)
      line += signs[(code.isDark(x, y) ? 2 : 0) + (code.isDark(x, y + 1) ? 1 : 0)];
    lines.push(colours ? `${BLACK_ON_WHITE}${line}${PLAIN}` : line);
  }
  return lines.join('\n');
}

/** Modules from edge to edge, with the light border. */
export function sideOf(code: QrCode): number {
  return code.size + 2 * BORDER;
}

/** The code as an SVG element that carries no style and no script. */
export function asSvg(code: QrCode, label: string): string {
  const whole = sideOf(code);
  let path = '';
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.isDark(x, y)) path += `M${x + BORDER} ${y + BORDER}h1v1h-1z`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" role="img" aria-label="${label}" ` +
    `shape-rendering="crispEdges"><rect width="${whole}" height="${whole}" fill="#fff"/><path d="${path}"/></svg>`
  );
}
