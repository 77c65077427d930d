import type { Fraud } from '../domain/index.ts';
import type { DownloadFormat } from './downloads.ts';
import type { Shelf } from './office-view.ts';

const FORMATS: Readonly<Record<DownloadFormat, string>> = {
  card: '手机图',
  led: '电子屏',
  board: '展板',
  banner: '横幅',
};

/** Links to what the public listener at `url` gives away: the handbook, then every fraud in all formats. */
export function shelvesOf(url: string, frauds: readonly Pick<Fraud, 'id' | 'name'>[]): readonly Shelf[] {
  const base = url.replace(/\/+$/, '');
  const handbook = { name: '反诈知识手册', links: [{ label: '手册（PDF）', href: `${base}/handbook.pdf` }] };
  const posters = frauds.map(({ id, name }) => ({
    name: `海报：${name}`,
    links: Object.entries(FORMATS).map(([format, label]) => ({
      label,
      href: `${base}/pictures/${encodeURIComponent(id)}-${format}.png`,
    })),
  }));
  return [handbook, ...posters];
}
