/**
 * The heights of a long list's rows, most of which were never drawn: sums of a prefix and the
 * row at a height in logarithmic time (a Fenwick tree).
 */
export class Heights {
  private readonly tree: Float64Array;
  private readonly rows: Float64Array;

  constructor(
    readonly count: number,
    estimate: (row: number) => number,
  ) {
    this.rows = Float64Array.from({ length: count }, (_, row) => estimate(row));
    this.tree = new Float64Array(count + 1);
    for (let node = 1; node <= count; node++) {
      this.tree[node] = (this.tree[node] ?? 0) + (this.rows[node - 1] ?? 0);
      const parent = node + (node & -node);
      if (parent <= count) this.tree[parent] = (this.tree[parent] ?? 0) + (this.tree[node] ?? 0);
    }
  }

  /** Returns where a row begins; at `count`, the whole height. */
  top(row: number): number {
    let sum = 0;
    for (let node = row; node > 0; node -= node & -node) sum += this.tree[node] ?? 0;
    return sum;
  }

  get total(): number {
    return this.top(this.count);
  }

  /** Returns the row at a height; the first or last row beyond the ends. */
  at(height: number): number {
    let node = 0;
    let left = height;
    let bit = 1;
    while (bit * 2 <= this.count) bit *= 2;
    for (; bit > 0; bit >>= 1) {
      const next = node + bit;
      if (next <= this.count && (this.tree[next] ?? 0) <= left) {
        node = next;
        left -= this.tree[next] ?? 0;
      }
    }
    return Math.max(0, Math.min(node, this.count - 1));
  }

  /** Sets a row's true height and returns by how much it was wrong; 0 where there is no row. */
  set(row: number, height: number): number {
    if (row < 0 || row >= this.count) return 0;
    const change = height - (this.rows[row] ?? 0);
    if (change === 0) return 0;
    this.rows[row] = height;
    for (let node = row + 1; node <= this.count; node += node & -node) {
      this.tree[node] = (this.tree[node] ?? 0) + change;
    }
    return change;
  }
}
