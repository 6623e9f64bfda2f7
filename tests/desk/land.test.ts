// A country that lies on both sides of the 180th meridian is one shape of its own width, and no line through the whole map.
import { describe, expect, it } from "vitest";
import { unrolled } from "../../src/sayso/desk/assets/land";

const widest = (ring: number[][]): number => Math.max(...ring.slice(1).map((one, at) => Math.abs(one[0]! - ring[at]![0]!)));

describe("a ring", () => {
  it("is left as it is away from the 180th meridian", () => {
    const ring = [[10, 0], [20, 0], [20, 10], [10, 0]]; // prettier-ignore
    expect(unrolled(ring)).toEqual(ring);
  });

  it("goes on beyond 180 degrees, to either side", () => {
    const east = [[179, -17], [-179, -17], [-179, -16], [179, -16], [179, -17]]; // prettier-ignore
    expect(unrolled(east)).toEqual([[179, -17], [181, -17], [181, -16], [179, -16], [179, -17]]); // prettier-ignore
    expect(widest(unrolled(east.map(([x, y]) => [-x!, y!])))).toBe(2);
  });

  it("round the pole is closed over the pole", () => {
    const ring = [...Array.from({ length: 12 }, (_, at) => [-180 + 30 * at, -75]), [-180, -75]];
    const laid = unrolled(ring);
    expect(laid.at(-1)).toEqual(laid[0]);
    expect(Math.min(...laid.map((one) => one[1]!))).toBe(-90);
    expect(widest(laid.slice(0, ring.length))).toBe(30);
  });

  it("of nothing is nothing", () => expect(unrolled([])).toEqual([]));
});
