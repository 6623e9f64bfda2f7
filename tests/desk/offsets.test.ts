// Offsets of a selection are code points of the article's text, whatever stands in it and however it is marked up.
import { describe, expect, it } from "vitest";
import { boundary, marked, points, units } from "../../src/sayso/desk/assets/offsets";
import type { Tree } from "../../src/sayso/desk/assets/offsets";

class Fake implements Tree {
  parentNode: Fake | null = null;
  readonly childNodes: Fake[];
  readonly dataset: { [name: string]: string | undefined };
  constructor(
    readonly nodeType: number,
    readonly nodeValue: string | null,
    children: Fake[] = [],
    start?: number,
  ) {
    this.childNodes = children;
    this.dataset = start === undefined ? {} : { start: String(start) };
    for (const child of children) child.parentNode = this;
  }
}

const text = (words: string): Fake => new Fake(3, words);
const mark = (...children: Fake[]): Fake => new Fake(1, null, children);
const block = (start: number, ...children: Fake[]): Fake => new Fake(1, null, children, start);

const TITLE = "📵 Сеть отключена";
const ARABIC = "قال الناطق إن 👨‍👩‍👧 قُتلوا";
const ARTICLE = `${TITLE}\n\n${ARABIC}\r\nLast — 𝔢nd.`;
const chars = Array.from(ARTICLE);
const at = (words: string): number => points(ARTICLE.slice(0, ARTICLE.indexOf(words)));

function page(): { root: Fake; texts: Fake[] } {
  const texts = [text("📵 Сеть "), text("отключена"), text("قال "), text("الناطق"), text(" إن 👨‍👩‍👧 قُتلوا"), text("Last — 𝔢nd.")] as const;
  const [a, b, c, d, e, f] = texts;
  const root = mark(
    block(at(TITLE), a, mark(b)),
    text("\n"),
    block(at(ARABIC), mark(c, mark(d)), e),
    text("\n"),
    block(at("Last"), f),
  );
  return { root, texts: [...texts] };
}

const range = (startContainer: Tree, startOffset: number, endContainer: Tree, endOffset: number) => ({
  startContainer,
  startOffset,
  endContainer,
  endOffset,
});

describe("code points", () => {
  it("count an emoji once, and its parts each", () => {
    expect(points("📵")).toBe(1);
    expect(points("👨‍👩‍👧")).toBe(5);
    expect(units("📵a", 1)).toBe(2);
    expect(units("abc", 9)).toBe(3);
  });
});

describe("a selection", () => {
  it("within one text node after an emoji is right", () => {
    const { root, texts } = page();
    const found = marked(range(texts[0]!, 3, texts[0]!, 7), root)!;
    expect(found).toEqual({ start: 2, end: 6, quote: "Сеть" });
  });

  it("in nested marks of a right-to-left block is right", () => {
    const { root, texts } = page();
    const found = marked(range(texts[3]!, 0, texts[4]!, texts[4]!.nodeValue!.length), root)!;
    expect(chars.slice(found.start, found.end).join("")).toBe("الناطق إن 👨‍👩‍👧 قُتلوا");
    expect(found.quote).toBe("الناطق إن 👨‍👩‍👧 قُتلوا");
  });

  it("over several blocks has what stands between them in its offsets", () => {
    const { root, texts } = page();
    const found = marked(range(texts[1]!, 0, texts[5]!, 4), root)!;
    expect(chars.slice(found.start, found.end).join("")).toBe(ARTICLE.slice(ARTICLE.indexOf("отк"), ARTICLE.indexOf(" — ")));
    expect(found.quote.split("\n")).toHaveLength(3);
  });

  it("whose ends are elements and not text is right", () => {
    const { root } = page();
    const found = marked(range(root.childNodes[0]!, 1, root.childNodes[2]!, 1), root)!;
    expect(chars.slice(found.start, found.end).join("")).toBe(`отключена\n\n${"قال الناطق"}`);
  });

  it("of all is the whole text, though it begins and ends outside", () => {
    const { root } = page();
    const outer = mark(text("before"), root, text("after"));
    const found = marked(range(outer, 0, outer, 3), root)!;
    expect([found.start, found.end]).toEqual([0, chars.length]);
  });

  it("loses white space at its ends", () => {
    const { root, texts } = page();
    expect(marked(range(texts[0]!, 2, texts[0]!, 8), root)).toEqual({ start: 2, end: 6, quote: "Сеть" });
  });

  it("of nothing, or outside the text, is none", () => {
    const { root, texts } = page();
    const outside = text("aside");
    const outer = mark(root, outside);
    expect(marked(range(texts[0]!, 2, texts[0]!, 2), root)).toBeNull();
    expect(marked(range(outside, 0, outside, 3), root)).toBeNull();
    expect(outer.childNodes).toHaveLength(2);
  });
});

describe("a boundary", () => {
  it("leads back to where a selection was, for every pair of code points", () => {
    const { root } = page();
    for (let start = 0; start < chars.length; start++) {
      for (let end = start + 1; end <= chars.length; end++) {
        const words = chars.slice(start, end).join("");
        if (words.trim() !== words) continue;
        const from = boundary(root, start, false)!;
        const to = boundary(root, end, true)!;
        const found = marked(range(from.node, from.offset, to.node, to.offset), root)!;
        expect([found.start, found.end]).toEqual([start, end]);
      }
    }
  });
});
