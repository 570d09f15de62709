import { HEAT_LEVELS } from '../contributions/colors';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { HeatFunction, HeatResult } from '../../lsp/protocol';

/** What the column shows beside one line. */
export interface LineHeat {
  /** Zero-based. */
  readonly line: number;
  /** 0 to 1; undefined beside a function that has changed since it was measured. */
  readonly selfShare?: number;
  /** The function it is in; absent beside one that has changed, and outside of any. */
  readonly of?: HeatFunction;
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

/** Lines with the innermost function around each: of those around it, the one that begins last. */
export function withFunctions({ lines, functions }: Pick<HeatResult, 'lines' | 'functions'>): LineHeat[] {
  return lines.map((heat) => {
    const around = functions.filter(({ first, last }) => first <= heat.line && heat.line <= last);
    return { ...heat, of: around.reduce<HeatFunction | undefined>((inner, each) => (inner === undefined || each.first >= inner.first ? each : inner), undefined) };
  });
}

/** The function around a line in a sentence: its shares, and how long a call takes where that was timed. */
export function functionText({ name, selfShare, totalShare, calls, timing }: HeatFunction): string {
  const shares = `${name}: ${formatShare(selfShare)} itself, ${formatShare(totalShare)} with what it calls`;
  const counted = calls === undefined ? '' : `, ${formatCount(calls)} calls`;
  if (timing === undefined) return `${shares}${counted}. How long a call takes was not timed.`;
  const { p50, p95, p99, max, sampleCount, run } = timing;
  const times = `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}, max ${formatDuration(max)}`;
  return `${shares}${counted}. A call takes ${times} (${formatCount(sampleCount)} samples, ${run.tool}, run ${run.id}).`;
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
