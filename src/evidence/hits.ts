import type { BlockCount, Counts } from '../core/counts';
import { comparePositions, type Position } from '../core/text';

/** How often a place ran: the count of the innermost stretch around it. Undefined where nothing was counted there. */
export function hitsAt({ blocks }: Counts, file: string, at: Position): number | undefined {
  let innermost: BlockCount | undefined;
  for (const block of blocks) {
    const isAround = block.file === file && comparePositions(block.start, at) <= 0 && comparePositions(at, block.end) < 0;
    if (isAround && (!innermost || comparePositions(innermost.start, block.start) < 0 || comparePositions(block.end, innermost.end) < 0)) innermost = block;
  }
  return innermost?.count;
}
