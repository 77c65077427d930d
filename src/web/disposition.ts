/**
 * The header content-disposition: the name under which a file is saved. `attachment`: it is not shown in the browser.
 * `plain`: the name in ASCII, for programs that do not know the other one.
 */
export function disposition(kind: 'inline' | 'attachment', plain: string, chinese: string): string {
  const encoded = encodeURIComponent(chinese).replace(/['()*!]/g, percent);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
