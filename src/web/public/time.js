const GAP = 5 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
const WEEKDAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

/**
 * Whether a time line belongs between two neighbouring messages.
 * @param {number | undefined} before
 * @param {number} at
 */
export function needsTimeLine(before, at) {
  return before === undefined || at - before > GAP;
}

/**
 * The words of a time line, as WeChat writes them: 上午 9:05, 昨天 下午 3:20, 星期三 晚上 8:00, 11月3日 上午 9:05.
 * @param {number} at
 * @param {number} now
 */
export function timeLine(at, now) {
  const then = new Date(at);
  const clock = `${partOfDay(then.getHours())} ${then.getHours() % 12 || 12}:${String(then.getMinutes()).padStart(2, '0')}`;
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  if (days <= 0) return clock;
  if (days === 1) return `昨天 ${clock}`;
  if (days < 7) return `${WEEKDAYS[then.getDay()]} ${clock}`;
  return `${then.getMonth() + 1}月${then.getDate()}日 ${clock}`;
}

/** @param {number} hour */
function partOfDay(hour) {
  if (hour < 5) return '凌晨';
  if (hour < 12) return '上午';
  if (hour < 13) return '中午';
  return hour < 18 ? '下午' : '晚上';
}

/** @param {number} at */
function midnight(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
