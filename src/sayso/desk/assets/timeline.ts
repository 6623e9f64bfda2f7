// A period is chosen on the timeline: drawn over the bars, or with two handles that the arrow keys move.
import { ask, late } from "./asking";

const DAY = 86_400_000;
const EPOCH = 719_163; // 1 January 1970, counted from 1 January of the year 1
const CLICK = 5; // pixels: who moves less has pressed, not drawn
const CALM = 600; // milliseconds after the last key

type End = "since" | "until";

function iso(day: number): string {
  return new Date((day - EPOCH) * DAY).toISOString().slice(0, 10);
}

function ordinal(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY + EPOCH;
}

function words(day: number): string {
  return new Date((day - EPOCH) * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

export function start(place: HTMLElement): void {
  const bars = place.querySelector<HTMLElement>(".bars");
  const svg = bars?.querySelector("svg");
  const hint = place.querySelector<HTMLElement>(".hint");
  if (!bars || !svg || !hint) return;
  const first = Number(place.dataset["first"]);
  const last = Number(place.dataset["last"]);
  const step = Number(place.dataset["step"]);
  const given = { since: place.dataset["since"], until: place.dataset["until"] };
  const chosen = { since: given.since ? ordinal(given.since) : first, until: given.until ? ordinal(given.until) : last };
  const clip = (day: number): number => Math.min(last, Math.max(first, day));
  chosen.since = clip(chosen.since);
  chosen.until = clip(chosen.until);

  const shade = document.createElement("div");
  shade.className = "shade";
  bars.append(shade);
  const show = (): void => {
    const at = (day: number): string => `${(100 * (day - first)) / (last + 1 - first)}%`;
    shade.hidden = chosen.since <= first && chosen.until >= last;
    shade.style.left = at(chosen.since);
    shade.style.right = `calc(100% - ${at(chosen.until + 1)})`;
    for (const end of ["since", "until"] as const) {
      const one = handles[end];
      one.style.left = at(end === "since" ? chosen.since : chosen.until + 1);
      one.setAttribute("aria-valuenow", String(chosen[end]));
      one.setAttribute("aria-valuetext", words(chosen[end]));
    }
    hint.textContent = shade.hidden ? "Draw over the bars to choose a period" : `${words(chosen.since)} to ${words(chosen.until)}`;
  };
  const choose = (): void => {
    if (iso(chosen.since) === given.since && iso(chosen.until) === given.until) return;
    ask({ since: iso(chosen.since), until: iso(chosen.until) });
  };
  const handles = { since: handle("since"), until: handle("until") };

  function handle(end: End): HTMLElement {
    const made = document.createElement("div");
    made.className = "handle";
    made.id = `timeline-${end}`; // by it the focus is found again in what the server sends
    made.tabIndex = 0;
    made.setAttribute("role", "slider");
    made.setAttribute("aria-label", end === "since" ? "First day of the period" : "Last day of the period");
    made.setAttribute("aria-valuemin", String(first));
    made.setAttribute("aria-valuemax", String(last));
    const settle = late(CALM, choose);
    made.addEventListener("keydown", (event) => {
      const by: Record<string, number> = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -10 * step, PageUp: 10 * step };
      const to = event.key === "Home" ? first : event.key === "End" ? last : chosen[end] + (by[event.key] ?? NaN);
      if (event.key === "Enter") choose();
      if (Number.isNaN(to)) return;
      event.preventDefault();
      set(end, to);
      settle();
    });
    bars!.append(made);
    return made;
  }

  function set(end: End, day: number): void {
    chosen[end] = end === "since" ? Math.min(clip(day), chosen.until) : Math.max(clip(day), chosen.since);
    show();
  }

  const dayAt = (x: number): number => {
    const box = svg.getBoundingClientRect();
    return clip(first + Math.floor(((x - box.left) / box.width) * (last + 1 - first)));
  };
  let began: { x: number; end: End | null } | null = null;
  let isDrawn = false;
  bars.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const grip = event.target === handles.since ? "since" : event.target === handles.until ? "until" : null;
    began = { x: event.clientX, end: grip };
    isDrawn = false;
    if (grip) event.preventDefault();
  });
  bars.addEventListener("pointermove", (event) => {
    if (!began || (!isDrawn && Math.abs(event.clientX - began.x) < CLICK)) return;
    if (!isDrawn) bars.setPointerCapture(event.pointerId);
    isDrawn = true;
    if (began.end) return set(began.end, dayAt(event.clientX) - (began.end === "until" ? 1 : 0));
    const [one, other] = [dayAt(began.x), dayAt(event.clientX)];
    chosen.since = Math.min(one, other);
    chosen.until = Math.max(one, other);
    show();
  });
  bars.addEventListener("pointerup", () => {
    if (began && isDrawn) choose();
    began = null;
  });
  bars.addEventListener("pointercancel", () => (began = null));
  bars.addEventListener("dragstart", (event) => event.preventDefault()); // bars are links, which would be dragged
  bars.addEventListener(
    "click",
    (event) => {
      const bar = (event.target as Element).closest("a");
      if (isDrawn || !bar || event.ctrlKey || event.metaKey || event.shiftKey) {
        if (isDrawn) event.preventDefault();
        isDrawn = false;
        return;
      }
      event.preventDefault();
      ask({ since: bar.dataset["since"] ?? "", until: bar.dataset["until"] ?? "" });
    },
    true,
  );
  for (const bar of svg.querySelectorAll("a")) bar.setAttribute("tabindex", "-1"); // for the keyboard there are the handles
  bars.classList.add("live");
  show();
  const left = place.ownerDocument.body.dataset["held"];
  if (left) handles[left as End]?.focus({ preventScroll: true });
}

// The handles are made anew with each view: which of them was held is kept until then.
document.addEventListener("htmx:before:swap", () => {
  const held = document.activeElement?.id.match(/^timeline-(since|until)$/)?.[1];
  if (held) document.body.dataset["held"] = held;
  else delete document.body.dataset["held"];
});
