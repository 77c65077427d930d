import { Cron } from 'croner';

const ZONE = 'Asia/Shanghai';

/** The times of a cron pattern after `from` and up to `to`, in epoch milliseconds. At most `most`. */
export function slotsBetween(pattern: string, from: number, to: number, most = 500): readonly number[] {
  const cron = new Cron(pattern, { timezone: ZONE, paused: true });
  const slots: number[] = [];
  let next = cron.nextRun(new Date(from));
  while (next && next.getTime() <= to && slots.length < most) {
    slots.push(next.getTime());
    next = cron.nextRun(next);
  }
  return slots;
}

/** The first time after `from`. */
export function nextSlot(pattern: string, from: number): number | undefined {
  return new Cron(pattern, { timezone: ZONE, paused: true }).nextRun(new Date(from))?.getTime();
}
