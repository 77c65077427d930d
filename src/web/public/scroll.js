const NEAR = 80;

/**
 * Follows the end of the talk, unless the reader has scrolled up: then a button offers the way down.
 * @param {HTMLElement} scroller
 * @param {HTMLButtonElement} newer
 * @param {() => boolean} isEmpty an empty talk is read from its greeting
 */
export function followEnd(scroller, newer, isEmpty) {
  let following = true;
  /** Where the end last was; being there counts as following, though the talk may have grown since. */
  let reached = 0;

  function toEnd() {
    following = true;
    newer.hidden = true;
    scroller.scrollTop = isEmpty() ? 0 : scroller.scrollHeight;
    reached = scroller.scrollTop;
  }

  scroller.tabIndex = 0;
  scroller.addEventListener('scroll', () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    following = scrollTop === reached || scrollHeight - scrollTop - clientHeight < NEAR;
    if (following) newer.hidden = true;
  });
  newer.addEventListener('click', () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });
  const sizes = new ResizeObserver(() => {
    if (following) toEnd();
  });
  sizes.observe(scroller);
  for (const part of scroller.children) sizes.observe(part);

  return {
    toEnd,
    /**
     * Brings a reply into view. One taller than the view is shown from its first line, for the verdict stands there.
     * @param {HTMLElement} item
     */
    toReply(item) {
      if (!following) {
        newer.hidden = false;
        return;
      }
      toEnd();
      const above = scroller.getBoundingClientRect().top - item.getBoundingClientRect().top;
      if (above <= 0) return;
      following = false;
      scroller.scrollTop -= above + 8;
    },
    get following() {
      return following;
    },
  };
}
