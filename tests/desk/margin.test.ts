// Notes of the margin never lie on each other, and the one that is looked at stands at its line.
import { describe, expect, it } from "vitest";
import { tops } from "../../src/sayso/desk/assets/margin";

const sizes = (count: number): number[] => Array.from({ length: count }, (_, at) => 30 + ((at * 37) % 60));

describe("notes", () => {
  it("stand where they are wanted where there is room", () => {
    expect(tops([0, 100, 300], [50, 50, 50])).toEqual([0, 100, 300]);
    expect(tops([0, 100, 300], [50, 50, 50], 1)).toEqual([0, 100, 300]);
    expect(tops([], [])).toEqual([]);
  });

  it("give way downwards, and upwards to the one that is looked at", () => {
    expect(tops([0, 10], [50, 50])).toEqual([0, 58]);
    expect(tops([400, 410], [50, 50], 1)).toEqual([352, 410]);
  });

  it("never lie on each other nor above the text", () => {
    const wanted = Array.from({ length: 40 }, (_, at) => at * 25);
    const heights = sizes(40);
    for (let kept = -1; kept < 40; kept++) {
      const found = tops(wanted, heights, kept);
      expect(found[0]).toBeGreaterThanOrEqual(0);
      for (let at = 1; at < 40; at++) expect(found[at]! - found[at - 1]! - heights[at - 1]!).toBeGreaterThanOrEqual(8);
    }
  });
});
