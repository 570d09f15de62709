import type { FindingFix } from '../core/finding';
import type { Fix, Match } from '../core/rule';
import type { CellPosition, LineIndex, Range, Span } from '../core/text';
import { withoutWhiteSpace } from '../core/text';
import type { RawFinding } from './candidate';

/** A file that keeps code in a form of its own, as a notebook does. */
export interface CodeHolder {
  encode(code: string): string;
  /** @param offset into the code. */
  cellAt(offset: number): CellPosition;
}

/** What stands around a match. */
export interface Surroundings {
  readonly runsOnLoad?: boolean;
  readonly holderLines?: readonly number[];
}

/** What follows tells no two expressions of one function apart that their order does not. */
const LONGEST_EXPRESSION = 400;

/** Turns matches of one file into raw findings with stable ids. */
export class FindingCollector {
  readonly raw: RawFinding[] = [];
  private readonly ordinals = new Map<string, number>();

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly lines: LineIndex,
    private readonly holder?: CodeHolder,
  ) {}

  add(rule: string, match: Match<unknown>, fix: Fix | undefined, functionName: string, { runsOnLoad = false, holderLines }: Surroundings = {}): void {
    this.raw.push({
      key: this.keyOf(rule, functionName, this.text.slice(match.span.start, match.span.end)),
      rule,
      range: this.lines.range(match.span),
      cell: this.holder?.cellAt(match.span.start),
      ...(holderLines && { holderLines }),
      functionName,
      runsOnLoad,
      facts: match.facts,
      size: match.size,
      confidence: match.confidence ?? 'likely',
      question: match.question,
      related: (match.related ?? []).map(({ span, message }) => ({ range: this.lines.range(span), message })),
      fixes: fix ? [bindFix(fix, this.file, this.lines, this.holder)] : [],
    });
  }

  rangeOf(span: Span): Range {
    return this.lines.range(span);
  }

  /** Neither line numbers nor white space enter the key, so edits elsewhere in the file leave it alone. */
  private keyOf(rule: string, functionName: string, expression: string): string {
    const key = `${rule}\0${this.file}\0${functionName}\0${withoutWhiteSpace(expression.slice(0, LONGEST_EXPRESSION))}`;
    const ordinal = this.ordinals.get(key) ?? 0;
    this.ordinals.set(key, ordinal + 1);
    return `${key}\0${ordinal}`;
  }
}

/** A fix in offsets becomes one in positions of a named file. */
function bindFix(fix: Fix, file: string, lines: LineIndex, holder?: CodeHolder): FindingFix {
  return {
    title: fix.title,
    kind: fix.kind,
    edits: fix.edits.map((edit) => ({ file, range: lines.range(edit), newText: holder?.encode(edit.newText) ?? edit.newText })),
    create: fix.create,
    caveat: fix.caveat,
  };
}
