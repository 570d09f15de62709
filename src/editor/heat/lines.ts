import { HEAT_LEVELS } from '../contributions/colors';
import { formatShare } from '../../core/format';

/** What the column shows beside one line. */
export interface LineHeat {
  /** Zero-based. */
  readonly line: number;
  /** 0 to 1; undefined beside a function that has changed since it was measured. */
  readonly selfShare?: number;
}

/** Part of a document that was replaced, in zero-based lines. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  /** Lines of the text that stands there now, at least 1. */
  readonly newLines: number;
}

/** Position in HEAT_LEVELS. */
export function levelOf(selfShare: number): number {
  return HEAT_LEVELS.findIndex(({ from }) => selfShare >= from);
}

/** What stands in the column: "62.1 %", or that the figure is no longer the line's. */
export function labelOf({ selfShare }: LineHeat): string {
  if (selfShare === undefined) return 'stale';
  return selfShare < 0.01 ? '<1 %' : formatShare(selfShare);
}

/** A column in which every line says "<1 %" would push the text aside for nothing. */
export function isWorthAColumn(lines: readonly LineHeat[]): boolean {
  return lines.some(({ selfShare }) => selfShare === undefined || selfShare >= 0.01);
}

/** Where the lines are after an edit. Those inside of what was replaced no longer say anything. */
export function afterChange(lines: readonly LineHeat[], { startLine, endLine, newLines }: LineChange): LineHeat[] {
  const shift = newLines - 1 - (endLine - startLine);
  return lines.flatMap((heat) => {
    if (heat.line <= startLine) return [heat];
    return heat.line > endLine ? [{ ...heat, line: heat.line + shift }] : [];
  });
}
