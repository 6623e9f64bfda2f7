// Notes in the margin stand beside the words that they are of; where there is no room the nearest that there is.

const WIDE = "(min-width: 72rem)";
const GAP = 8;

/** Where each of some boxes begins, so that none lies on another: `wanted` tops in rising order, `kept` the one that gives way to none
 * unless those above it have no room else. */
export function tops(wanted: readonly number[], heights: readonly number[], kept = -1): number[] {
  const found = [...wanted];
  const down = (from: number, to: number): void => {
    for (let at = from; at < to; at++) found[at] = Math.max(found[at]!, at ? found[at - 1]! + heights[at - 1]! + GAP : 0);
  };
  down(0, kept < 0 ? found.length : kept);
  for (let at = kept - 1; at >= 0; at--) found[at] = Math.min(found[at]!, found[at + 1]! - heights[at]! - GAP);
  down(kept < 0 || found[0]! < 0 ? 0 : kept + 1, found.length);
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
