// Where a selection stands in an article's text, in code points: browsers count UTF-16 units, within text nodes that mark-up has split.
// Blocks say where they begin (`data-start`); what stands between blocks is not on the page.

/** What is read of a node: DOM nodes have it, and so have the tests' own. */
export interface Tree {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly parentNode: Tree | null;
  readonly childNodes: ArrayLike<Tree>;
  readonly dataset?: { [name: string]: string | undefined };
}

export interface Ends {
  readonly startContainer: Tree;
  readonly startOffset: number;
  readonly endContainer: Tree;
  readonly endOffset: number;
}

/** Code points [start, end) of the article's text, and the words there, blocks on lines of their own. */
export interface Marked {
  start: number;
  end: number;
  quote: string;
}

export interface Point<T extends Tree> {
  node: T;
  offset: number;
}

const TEXT = 3;

/** Code points of a string; half a surrogate pair, which no text of ours holds, counts as one. */
export function points(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The UTF-16 offset of the code point that stands at `at`. */
export function units(text: string, at: number): number {
  let offset = 0;
  for (const one of text) {
    if (at-- <= 0) break;
    offset += one.length;
  }
  return offset;
}

function* textsOf<T extends Tree>(node: T): Generator<T> {
  if (node.nodeType === TEXT) yield node;
  else for (const child of Array.from(node.childNodes as ArrayLike<T>)) yield* textsOf(child);
}

function* blocksOf<T extends Tree>(root: T): Generator<T> {
  if (root.dataset?.["start"] !== undefined) yield root;
  else for (const child of Array.from(root.childNodes as ArrayLike<T>)) yield* blocksOf(child);
}

const startOf = (block: Tree): number => Number(block.dataset?.["start"]);
const wordsOf = (block: Tree): string => Array.from(textsOf(block), (one) => one.nodeValue ?? "").join("");

function within(node: Tree, holder: Tree): boolean {
  for (let at: Tree | null = node; at; at = at.parentNode) if (at === holder) return true;
  return false;
}

function indexIn(parent: Tree, child: Tree): number {
  return Array.from(parent.childNodes).indexOf(child);
}

/** Whether `a` comes before the boundary (container, offset), in the order of the document. */
function before(a: Tree, container: Tree, offset: number): boolean {
  if (within(container, a)) return false;
  const up: Tree[] = [];
  for (let at: Tree | null = a; at; at = at.parentNode) up.push(at);
  let child: Tree | null = null;
  let at: Tree | null = container;
  while (at && !up.includes(at)) [child, at] = [at, at.parentNode];
  if (!at) return true;
  const mine = indexIn(at, up[up.indexOf(at) - 1]!);
  return child ? mine < indexIn(at, child) : mine < offset;
}

/** How many code points of a block stand before the boundary: none or all where the boundary is not in it. */
function inBlock(block: Tree, container: Tree, offset: number): number {
  let count = 0;
  for (const text of textsOf(block)) {
    if (text === container) return count + points((text.nodeValue ?? "").slice(0, offset));
    if (!before(text, container, offset)) break;
    count += points(text.nodeValue ?? "");
  }
  return count;
}

/** The words of a range, without white space at its ends; null where it holds none of the text's. */
export function marked(range: Ends, root: Tree): Marked | null {
  const parts: { start: number; words: string }[] = [];
  for (const block of blocksOf(root)) {
    const from = inBlock(block, range.startContainer, range.startOffset);
    const to = inBlock(block, range.endContainer, range.endOffset);
    const words = Array.from(wordsOf(block)).slice(from, to).join("");
    if (words.trim()) parts.push({ start: startOf(block) + from, words });
  }
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (!first || !last) return null;
  const start = first.start + points(first.words) - points(first.words.trimStart());
  const end = last.start + points(last.words.trimEnd());
  return { start, end, quote: parts.map((part) => part.words).join("\n").trim() };
}

/** The boundary of a code point of the text: in the block where it stands, or at the nearest block's edge. */
export function boundary<T extends Tree>(root: T, at: number, isEnd: boolean): Point<T> | null {
  let found: Point<T> | null = null;
  for (const block of blocksOf(root)) {
    const start = startOf(block);
    if (found && (isEnd ? start >= at : start > at)) break;
    let left = at - start;
    for (const text of textsOf(block)) {
      const words = text.nodeValue ?? "";
      const size = points(words);
      found = { node: text, offset: units(words, Math.max(0, Math.min(left, size))) };
      if (isEnd ? left <= size : left < size) break;
      left -= size;
    }
  }
  return found;
}
