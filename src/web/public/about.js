/** @typedef {{ name: string, county: string, greeting: string }} About */

/**
 * What the page says until the server has told it more.
 * @type {About}
 */
export const UNTOLD = {
  name: '反诈助手',
  county: '',
  greeting: '您好，我是反诈助手。\n收到可疑的短信、电话、链接，发给我，我帮您看看像不像诈骗。\n已经转了钱？马上拨110。',
};

/**
 * Who the assistant is and how it greets; undefined while the server cannot be reached.
 * @returns {Promise<About | undefined>}
 */
export async function fetchAbout() {
  try {
    const response = await fetch('/chat/about');
    if (!response.ok) return undefined;
    const { name, county, greeting } = await response.json();
    return { name: name || UNTOLD.name, county: county || '', greeting: greeting || UNTOLD.greeting };
  } catch {
    return undefined;
  }
}
