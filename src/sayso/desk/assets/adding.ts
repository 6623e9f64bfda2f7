// Adding: files come by choice, by drag-and-drop anywhere on the page, or from the clipboard, and are listed before they are sent.

function one<E extends Element>(place: ParentNode, selector: string): E {
  const found = place.querySelector<E>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

function size(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000).toLocaleString("en")} kB` : `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}

/** Code points, as the server counts: not UTF-16 units. */
function length(text: string): number {
  let count = 0;
  for (const _ of text.replaceAll("\r\n", "\n")) count += 1;
  return count;
}

function countText(place: HTMLElement, longest: number): void {
  const field = one<HTMLTextAreaElement>(place, "#text");
  const shown = one<HTMLElement>(place, "[data-count]");
  const show = (): void => {
    const count = length(field.value);
    shown.textContent = `${count ? `${count.toLocaleString("en")} of at most` : "At most"} ${longest.toLocaleString("en")} characters.`;
    field.setCustomValidity(count > longest ? "This text is too long." : "");
  };
  field.addEventListener("input", show);
  show();
}

class Chosen {
  private files: File[] = [];
  private readonly field: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly wrong: HTMLElement;

  constructor(
    form: HTMLFormElement,
    private readonly most: { files: number; bytes: number },
  ) {
    this.field = one(form, "input[type=file]");
    this.list = one(form, ".chosen");
    this.wrong = one(form, "[data-wrong]");
    this.field.addEventListener("change", () => this.take([...(this.field.files ?? [])]));
    form.addEventListener("submit", (event) => {
      if (!this.fault()) return;
      event.preventDefault();
      this.say(this.fault());
    });
    this.take([...(this.field.files ?? [])]);
  }

  /** The same file twice is one. */
  take(more: File[]): void {
    const key = (file: File): string => `${file.name}/${file.size}/${file.lastModified}`;
    const there = new Set(this.files.map(key));
    this.files.push(...more.filter((file) => !there.has(key(file))));
    this.show();
  }

  say(words: string): void {
    this.wrong.textContent = words;
    this.wrong.hidden = !words;
  }

  private fault(): string {
    const bytes = this.files.reduce((sum, file) => sum + file.size, 0);
    if (!this.files.length) return "Choose files first.";
    if (this.files.length > this.most.files) return `These are ${this.files.length} files; at most ${this.most.files} are taken at once.`;
    if (bytes > this.most.bytes) return `These are ${size(bytes)}; at most ${size(this.most.bytes)} are taken at once.`;
    return "";
  }

  private show(): void {
    const held = new DataTransfer();
    for (const file of this.files) held.items.add(file);
    this.field.files = held.files;
    this.list.hidden = !this.files.length;
    this.list.replaceChildren(...this.files.map((file) => this.line(file)));
    this.say(this.files.length ? this.fault() : "");
  }

  private line(file: File): HTMLLIElement {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const bytes = document.createElement("small");
    const out = document.createElement("button");
    name.textContent = file.name;
    bytes.textContent = size(file.size);
    out.type = "button";
    out.className = "quiet";
    out.textContent = "Leave out";
    out.setAttribute("aria-label", `Leave out ${file.name}`);
    out.addEventListener("click", () => {
      this.files = this.files.filter((other) => other !== file);
      this.show();
      this.field.focus();
    });
    line.append(name, bytes, out);
    return line;
  }
}

/** Files that are dropped or pasted; of folders nothing can be sent. */
function files(data: DataTransfer | null): { files: File[]; folders: number } {
  const items = [...(data?.items ?? [])].filter((item) => item.kind === "file");
  const whole = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory);
  return {
    files: whole.map((item) => item.getAsFile()).filter((file) => file !== null),
    folders: items.length - whole.length,
  };
}

export function start(place: HTMLElement): void {
  const most = { files: Number(place.dataset.files), bytes: Number(place.dataset.bytes) };
  const form = one<HTMLFormElement>(place, "form[data-drop]");
  const chosen = new Chosen(form, most);
  place.classList.add("is-live");
  countText(place, Number(place.dataset.longest));

  const accept = (data: DataTransfer | null): boolean => {
    const found = files(data);
    if (!found.files.length && !found.folders) return false;
    chosen.take(found.files);
    if (found.folders) chosen.say("A folder cannot be sent. Choose the files that are in it.");
    form.scrollIntoView({ block: "nearest" });
    return true;
  };
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    accept(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => {
    if (accept(event.clipboardData)) event.preventDefault();
  });

  for (const sent of place.querySelectorAll("form")) {
    sent.addEventListener("submit", (event) => {
      const button = one<HTMLButtonElement>(sent, "button:not([type=button])");
      if (event.defaultPrevented) return;
      button.textContent = "Sending…";
      setTimeout(() => (button.disabled = true));
    });
  }
  // the browser may show the page again as it was left
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
