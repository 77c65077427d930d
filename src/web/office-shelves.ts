import type { Fraud } from '../domain/index.ts';
import { FORMAT_NAMES } from './formats.ts';
import type { Shelf } from './office-view.ts';

/** Links to what the public listener at `url` gives away: the handbook, then every fraud in all formats. */
export function shelvesOf(url: string, frauds: readonly Pick<Fraud, 'id' | 'name'>[]): readonly Shelf[] {
  const base = url.replace(/\/+$/, '');
  const handbook = { name: '反诈知识手册', links: [{ label: '手册（PDF）', href: `${base}/handbook.pdf` }] };
  const posters = frauds.map(({ id, name }) => ({
    name: `海报：${name}`,
    links: Object.entries(FORMAT_NAMES).map(([format, label]) => ({
      label,
      href: `${base}/pictures/${encodeURIComponent(id)}-${format}.png`,
    })),
  }));
  return [handbook, ...posters];
}
