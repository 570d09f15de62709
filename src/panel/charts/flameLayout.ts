import { type HierarchyRectangularNode, partition, stratify } from 'd3-hierarchy';
import type { FlameFrame, FlameGraph } from '../../core/flame';

/** A frame with its place in the picture. The whole is the frame -1. */
export interface PlacedFrame {
  readonly index: number;
  /** Absent for the whole. */
  readonly frame?: FlameFrame;
  readonly depth: number;
  /** Edges as shares of the whole's width. */
  readonly from: number;
  readonly to: number;
  readonly parent?: PlacedFrame;
  /** From left to right, the widest first. */
  readonly children: readonly PlacedFrame[];
}

interface Datum {
  readonly index: number;
  readonly frame?: FlameFrame;
}

/** Every frame, callers before what they call. */
export function flameLayout({ frames, totalUs }: FlameGraph): readonly PlacedFrame[] {
  const below = [-1, ...frames.map(({ parent }) => parent)];
  const own = new Map<number, number>([[-1, totalUs], ...frames.map(({ totalUs: total }, i) => [i, total] as const)]);
  frames.forEach(({ totalUs: total }, i) => own.set(below[i + 1]!, own.get(below[i + 1]!)! - total));
  const data: Datum[] = [{ index: -1 }, ...frames.map((frame, index) => ({ index, frame }))];
  const tree = stratify<Datum>()
    .id(({ index }) => String(index))
    .parentId(({ frame }) => (frame === undefined ? null : String(frame.parent)))(data)
    .sum(({ index }) => Math.max(0, own.get(index)!))
    .sort((a, b) => b.value! - a.value!);
  return placed(partition<Datum>()(tree));
}

function placed(root: HierarchyRectangularNode<Datum>): readonly PlacedFrame[] {
  const byNode = new Map<HierarchyRectangularNode<Datum>, PlacedFrame & { children: PlacedFrame[] }>();
  const all: PlacedFrame[] = [];
  root.eachBefore((node) => {
    const parent = node.parent ? byNode.get(node.parent)! : undefined;
    const frame = { ...node.data, depth: node.depth, from: node.x0, to: node.x1, parent, children: [] as PlacedFrame[] };
    byNode.set(node, frame);
    parent?.children.push(frame);
    all.push(frame);
  });
  return all;
}

/** The edges of a frame when `zoomed` fills the width; undefined where it is out of the picture. */
export function edgesIn(zoomed: PlacedFrame, { from, to, depth }: PlacedFrame): readonly [number, number] | undefined {
  const width = zoomed.to - zoomed.from;
  if (width <= 0) return undefined;
  const isAbove = depth <= zoomed.depth;
  const middle = (zoomed.from + zoomed.to) / 2;
  if (isAbove) return from <= middle && middle <= to ? [0, 1] : undefined;
  const [left, right] = [(from - zoomed.from) / width, (to - zoomed.from) / width];
  return right <= 1e-9 || left >= 1 - 1e-9 || right - left <= 0 ? undefined : [Math.max(0, left), Math.min(1, right)];
}

/** Where an arrow leads: up to the caller, down to the widest callee, sideways along the row. */
export function neighbour(key: string, current: PlacedFrame, shown: readonly PlacedFrame[]): PlacedFrame | undefined {
  switch (key) {
    case 'ArrowUp':
      return current.parent;
    case 'ArrowDown':
      return current.children.find((child) => shown.includes(child));
    case 'ArrowLeft':
    case 'ArrowRight': {
      const row = shown.filter(({ depth }) => depth === current.depth).sort((a, b) => a.from - b.from);
      return row[row.indexOf(current) + (key === 'ArrowLeft' ? -1 : 1)];
    }
    case 'Home':
      return shown[0];
    case 'End':
      return shown.at(-1);
    default:
      return undefined;
  }
}
