const MOST_SEEN = 50_000;

/** True the first time an id is shown, false for a repeat; remembers the latest 50,000. */
export function createSeen(): (source: string, id: string) => boolean {
  const seen = new Set<string>();
  return (source, id) => {
    const key = `${source}\0${id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const oldest = seen.values().next().value;
    if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
