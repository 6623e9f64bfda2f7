// The part of the situation that filters change: back and forward change that part alone, so that the map stays; what came is told.
import { late } from "./asking";

const TYPING = 700; // milliseconds in which somebody types the next digit of a date

export function start(place: HTMLElement): void {
  let isOpen = place.querySelector("details")?.open ?? true;
  const submit = late(TYPING, (form: HTMLFormElement) => form.isConnected && form.requestSubmit());
  place.addEventListener(
    "change",
    (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement) || field.type !== "date" || !field.form) return;
      event.stopPropagation(); // a year is a date after each of its digits
      submit(field.form);
    },
    true,
  );
  place.addEventListener("toggle", (event) => (isOpen = (event.target as HTMLDetailsElement).open), true);
  document.addEventListener("htmx:after:swap", () => {
    const details = place.querySelector("details");
    if (details) details.open = isOpen;
    const told = document.getElementById("counted");
    if (told) told.textContent = place.querySelector<HTMLElement>(".situation")?.dataset["counted"] ?? "";
  });
  document.addEventListener("htmx:before:history:restore", (event) => {
    const { path } = (event as CustomEvent<{ path: string }>).detail;
    if (!place.isConnected || new URL(path, location.href).pathname !== "/") return;
    event.preventDefault();
    void window.htmx.ajax("GET", path, { target: "#view", headers: { "HX-History-Restore-Request": "true" } });
  });
}
