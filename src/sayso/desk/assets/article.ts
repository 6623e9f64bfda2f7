// The article's page: events by keyboard, notes beside their lines, and a selection that becomes a report or a reply.
import { Margin } from "./margin";
import { boundary, marked } from "./offsets";
import type { Marked } from "./offsets";

const KEYS = "sayso:single-keys";
const CALM = 150; // milliseconds after the last change of a selection

export function start(place: HTMLElement): void {
  new Sheet(place);
}

function dialog(id: string): HTMLDialogElement {
  return document.getElementById(id) as HTMLDialogElement;
}

class Sheet {
  private readonly text: HTMLElement;
  private readonly bar: HTMLElement;
  private readonly notes: HTMLElement;
  private readonly events: string[];
  private readonly marks = new Map<string, HTMLElement>();
  private readonly margin: Margin;
  private current = -1;
  private waiting = 0;

  constructor(private readonly place: HTMLElement) {
    this.text = place.querySelector<HTMLElement>(".text")!;
    this.notes = place.querySelector<HTMLElement>(".notes")!;
    this.bar = document.querySelector<HTMLElement>(".marked-bar")!;
    for (const mark of this.text.querySelectorAll<HTMLElement>(".event")) {
      const id = (mark.getAttribute("href") ?? `#${mark.dataset["ref"]}`).slice(1);
      if (!this.marks.has(id)) this.marks.set(id, mark);
    }
    this.events = Array.from(this.notes.querySelectorAll<HTMLElement>(".note"), (note) => note.id);
    this.margin = new Margin(this.notes, this.text, this.marks);
    this.moveForms();
    this.listen();
    this.arrive();
  }

  /** The forms of the page become the dialogs' own. */
  private moveForms(): void {
    for (const name of ["report", "reply"]) {
      const holder = this.place.querySelector<HTMLDetailsElement>(`#${name}`)!;
      dialog(`${name}-dialog`).append(holder.querySelector("form")!);
      holder.remove();
    }
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-does=close], [data-does=help]")) button.hidden = false;
    const keys = document.querySelector<HTMLInputElement>("#single-keys")!;
    keys.checked = localStorage.getItem(KEYS) !== "off";
    keys.addEventListener("change", () => localStorage.setItem(KEYS, keys.checked ? "on" : "off"));
  }

  private listen(): void {
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.showBar(), CALM);
    });
    document.addEventListener("click", (event) => this.clicked(event));
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault()); // a press would take the selection away
    for (const one of document.querySelectorAll("dialog")) one.addEventListener("close", () => this.closed());
  }

  /** What the address asks for is brought into sight; what was told once is not told again. */
  private arrive(): void {
    const at = this.events.indexOf(location.hash.slice(1));
    if (at >= 0) this.go(at, true);
    else if (!location.hash) this.text.querySelector("[data-ref=here]")?.scrollIntoView({ block: "center" });
    const address = new URL(location.href);
    if (address.searchParams.has("told")) {
      address.searchParams.delete("told");
      history.replaceState(history.state, "", address);
    }
  }

  private pressed(event: KeyboardEvent): void {
    const open = document.querySelector<HTMLDialogElement>("dialog[open]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (open) open.querySelector<HTMLFormElement>("form[method=post]")?.requestSubmit();
      else this.report();
      return;
    }
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select");
    if (open || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.leave();
    if (!document.querySelector<HTMLInputElement>("#single-keys")!.checked) return;
    if (event.key === "j") this.go(this.current < 0 ? this.inSight() : Math.min(this.current + 1, this.events.length - 1));
    else if (event.key === "k") this.go(this.current < 0 ? this.inSight() : Math.max(this.current - 1, 0));
    else if (event.key === "e") this.report();
    else if (event.key === "?") dialog("help").showModal();
    else return;
    event.preventDefault();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const does = target?.closest<HTMLElement>("[data-does]")?.dataset["does"];
    if (does === "report") this.report();
    else if (does === "reply") this.ask("reply", this.selected());
    else if (does === "help") dialog("help").showModal();
    else if (does === "close") target?.closest("dialog")?.close();
    if (does || !target || target.closest(".note a, .note button")) return;
    const mark = target.closest<HTMLElement>(".text .event");
    const id = mark ? (mark.getAttribute("href") ?? `#${mark.dataset["ref"]}`).slice(1) : target.closest(".note")?.id;
    if (id === undefined || !this.events.includes(id)) return;
    if (mark && !this.notes.classList.contains("aligned")) return; // the link leads to the note, below the text
    event.preventDefault();
    this.go(this.events.indexOf(id), !mark);
  }

  private go(at: number, scroll = true): void {
    const id = this.events[at];
    if (id === undefined) return;
    this.leave();
    this.current = at;
    const mark = this.marks.get(id);
    document.getElementById(id)?.classList.add("at");
    for (const one of this.text.querySelectorAll(`[href="#${id}"], [data-ref="${id}"].event`)) one.classList.add("at");
    this.margin.later();
    if (!mark) return;
    if (scroll) mark.scrollIntoView({ block: "center" });
    (mark instanceof HTMLAnchorElement ? mark : (mark.closest("a") ?? mark)).focus({ preventScroll: true });
  }

  private leave(): void {
    this.current = -1;
    this.bar.hidden = true;
    for (const one of this.place.querySelectorAll(".at")) one.classList.remove("at");
    this.margin.later();
  }

  /** The first event that is on the screen, or the first of all. */
  private inSight(): number {
    const found = this.events.findIndex((id) => (this.marks.get(id)?.getBoundingClientRect().top ?? -1) > 0);
    return Math.max(0, found);
  }

  private selected(): Marked | null {
    const found = getSelection();
    if (!found || found.isCollapsed || !found.rangeCount) return null;
    return marked(found.getRangeAt(0), this.text);
  }

  /** The words of the event that was gone to. */
  private event(): Marked | null {
    const id = this.events[this.current];
    const parts = id ? Array.from(this.text.querySelectorAll(`.event[href="#${id}"], .event[data-ref="${id}"]`)) : [];
    const [first, last] = [parts[0], parts[parts.length - 1]];
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStartBefore(first);
    range.setEndAfter(last);
    return marked(range, this.text);
  }

  private report(): void {
    this.ask("report", this.selected() ?? this.event());
  }

  private ask(name: string, found: Marked | null): void {
    const shown = dialog(`${name}-dialog`);
    const form = shown.querySelector("form")!;
    const field = (of: string): HTMLInputElement | HTMLTextAreaElement => form.elements.namedItem(of) as HTMLInputElement;
    field("quote").value = found?.quote ?? "";
    (field("quote") as HTMLTextAreaElement).readOnly = found !== null;
    field("start").value = found ? String(found.start) : "";
    field("end").value = found ? String(found.end) : "";
    if (found) this.highlight(found);
    this.bar.hidden = true;
    shown.showModal();
    const first = found ? form.querySelector<HTMLElement>("input[type=radio], [name=words]") : field("quote");
    first?.focus();
  }

  private highlight(found: Marked): void {
    const [from, to] = [boundary<Node>(this.text, found.start, false), boundary<Node>(this.text, found.end, true)];
    if (!from || !to || !("highlights" in CSS)) return;
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    CSS.highlights.set("asked", new Highlight(range));
  }

  private closed(): void {
    if ("highlights" in CSS) CSS.highlights.delete("asked");
  }

  private showBar(): void {
    const found = getSelection();
    const inText = found && !found.isCollapsed && found.rangeCount && this.text.contains(found.anchorNode);
    if (!inText || document.querySelector("dialog[open]") || !found.toString().trim()) {
      this.bar.hidden = true;
      return;
    }
    this.bar.hidden = false;
    if (matchMedia("(pointer: coarse)").matches) return; // at the foot of the screen: the system's own menu is by the words
    const box = found.getRangeAt(0).getBoundingClientRect();
    const top = Math.min(Math.max(box.bottom + 8, 8), innerHeight - this.bar.offsetHeight - 8);
    const left = Math.min(Math.max(box.left, 8), innerWidth - this.bar.offsetWidth - 8);
    this.bar.style.setProperty("top", `${top}px`);
    this.bar.style.setProperty("left", `${left}px`);
  }
}
