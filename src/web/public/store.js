const PREFIX = 'fanzha.';

/** Stands in for localStorage where the browser forbids it (private windows), for as long as the page is open. */
const memory = new Map();

/**
 * What was kept on this device under a name, or undefined.
 * @param {string} name
 * @returns {unknown}
 */
export function read(name) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? memory.get(name) : JSON.parse(kept);
  } catch {
    return memory.get(name);
  }
}

/**
 * Keeps a value on this device.
 * @param {string} name
 * @param {unknown} value
 */
export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

/**
 * Calls back when another tab of this browser keeps a value under the name.
 * @param {string} name
 * @param {(value: unknown) => void} onChange
 */
export function watch(name, onChange) {
  addEventListener('storage', (event) => {
    if (event.key === PREFIX + name) onChange(read(name));
  });
}
