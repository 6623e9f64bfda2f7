// Notes in the margin stand beside the words that they are of; where there is no room the nearest that there is.

const WIDE = "(min-width: 72rem)";
const GAP = 8;

/** Where each of some boxes begins, so that none lies on another: `wanted` tops in rising order, `kept` the one that gives way to none. */
export function tops(wanted: readonly number[], heights: readonly number[], kept = -1): number[] {
  const found = [...wanted];
  const from = Math.max(0, kept);
  for (let at = from + 1; at < found.length; at++) {
    found[at] = Math.max(found[at]!, found[at - 1]! + heights[at - 1]! + GAP);
  }
  if (kept < 0) return found;
  for (let at = kept - 1; at >= 0; at--) found[at] = Math.min(found[at]!, found[at + 1]! - heights[at]! - GAP);
  const above = found[0]!;
  if (above >= 0) return spaced(found, heights, kept);
  for (let at = 0; at < found.length; at++) {
    found[at] = at ? Math.max(found[at]!, found[at - 1]! + heights[at - 1]! + GAP) : 0;
  }
  return found;
}

/** Those above the kept one were only pushed up: those that lie on the one above them move it up in turn. */
function spaced(found: number[], heights: readonly number[], kept: number): number[] {
  for (let at = 1; at < kept; at++) {
    const least = found[at - 1]! + heights[at - 1]! + GAP;
    if (found[at]! < least && least + heights[at]! + GAP <= found[at + 1]!) found[at] = least;
  }
  return found;
}

export class Margin {
  private readonly wide = matchMedia(WIDE);
  private waiting = 0;

  constructor(
    private readonly section: HTMLElement,
    private readonly text: HTMLElement,
    private readonly marks: ReadonlyMap<string, HTMLElement>,
  ) {
    const later = (): void => this.later();
    this.wide.addEventListener("change", later);
    new ResizeObserver(later).observe(text);
    void document.fonts.ready.then(later);
  }

  later(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.place());
  }

  private place(): void {
    const notes = Array.from(this.section.querySelectorAll<HTMLElement>(".note"));
    this.section.classList.toggle("aligned", this.wide.matches && notes.length > 0);
    if (!this.wide.matches) {
      for (const note of notes) note.style.removeProperty("top");
      this.section.style.removeProperty("min-height");
      return;
    }
    const origin = this.section.getBoundingClientRect().top;
    const height = this.text.offsetHeight;
    this.section.classList.remove("dense");
    const all = notes.reduce((sum, note) => sum + note.offsetHeight + GAP, 0);
    this.section.classList.toggle("dense", all > 0.8 * height);
    const wanted = notes.map((note) => (this.marks.get(note.id)?.getBoundingClientRect().top ?? origin) - origin);
    const heights = notes.map((note) => note.offsetHeight);
    const found = tops(wanted, heights, notes.findIndex((note) => note.classList.contains("at")));
    notes.forEach((note, at) => note.style.setProperty("top", `${found[at]!}px`));
    const last = notes.length - 1;
    if (last >= 0) this.section.style.setProperty("min-height", `${found[last]! + heights[last]!}px`);
  }
}
