// How islands ask for another view: by the form of filters, so that the address has everything.

/** The filters of what is shown, as they stand in the address. */
export function shown(): URLSearchParams {
  return new URLSearchParams(document.querySelector<HTMLElement>(".situation")?.dataset["query"] ?? "");
}

/** Set some filters and show what fits. */
export function ask(filters: Record<string, string>): void {
  const form = document.querySelector<HTMLFormElement>("form.filters");
  if (!form) return;
  for (const [name, value] of Object.entries(filters)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  form.requestSubmit();
}

/** Calls what it is given once it was not called for so many milliseconds. */
export function late<T extends unknown[]>(milliseconds: number, then: (...given: T) => void): (...given: T) => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => then(...given), milliseconds);
  };
}
