import { parseTree, type Node } from 'jsonc-parser';
import { LineIndex, type CellPosition, type Position } from '../../core/text';

/** Cell magics after which the cell is still Python; after all others it is another language. */
const PYTHON_MAGICS = /^%%(?:time|timeit|capture|prun|memit|mprun|python3?|py)\b/;
const LINE_MAGIC = /^([ \t]*)[%!?]/gm;

interface Cell {
  /** Its place among all cells of the notebook. */
  readonly index: number;
  /** Where its code begins in the code of the whole notebook. */
  readonly start: number;
  readonly lines: LineIndex;
}

/**
 * The Python cells of a Jupyter notebook, one after the other as they would run, with the way back: every
 * character knows where it stands in the notebook's JSON and in its cell.
 */
export class Notebook {
  /** What is analysed. Magics are comments in it. */
  readonly code: string;
  private readonly offsets: readonly number[];
  private readonly cells: readonly Cell[];

  private constructor(text: string, cells: readonly { index: number; strings: readonly Node[] }[]) {
    const code: string[] = [];
    const offsets: number[] = [];
    this.cells = cells.map(({ index, strings }) => {
      const start = offsets.length;
      const source = strings.map((node) => unescaped(text, node, offsets)).join('');
      code.push(withoutMagics(source), '\n\n');
      const end = offsets.at(-1) ?? 0;
      offsets.push(end, end);
      return { index, start, lines: new LineIndex(source) };
    });
    this.code = code.join('');
    this.offsets = offsets;
  }

  /** @returns undefined for a text that is no notebook of Python. */
  static read(text: string): Notebook | undefined {
    const root = parseTree(text);
    const cells = root && member(root, 'cells')?.children;
    if (cells === undefined || languageOf(root!) !== 'python') return undefined;
    return new Notebook(text, cells.flatMap((cell, index) => codeOf(cell, index)));
  }

  /** Where a character of the code stands in the notebook's text; past the end it is the end of the last cell. */
  offsetInText(offset: number): number {
    return this.offsets[Math.min(offset, this.offsets.length - 1)] ?? 0;
  }

  /** The character of the code that stands at a place of the notebook's text, or the next one. */
  offsetInCode(offset: number): number {
    let low = 0;
    let high = this.offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How code is written inside the notebook's text. */
  encode(code: string): string {
    return JSON.stringify(code).slice(1, -1);
  }

  /** Where a character of the code stands in its cell. */
  cellAt(offset: number): CellPosition {
    const cell = this.cells.findLast(({ start }) => start <= offset);
    return cell ? { cell: cell.index, ...cell.lines.positionAt(offset - cell.start) } : { cell: 0, line: 0, character: 0 };
  }
}

/** Counts the lines of a notebook's text by offsets into its code, so that whoever analyses the code says where it stands. */
export class NotebookLines extends LineIndex {
  constructor(
    text: string,
    private readonly notebook: Notebook,
  ) {
    super(text);
  }

  override positionAt(offset: number): Position {
    return super.positionAt(this.notebook.offsetInText(offset));
  }
}

function languageOf(root: Node): string {
  const metadata = member(root, 'metadata');
  const declared = member(metadata && member(metadata, 'kernelspec'), 'language') ?? member(metadata && member(metadata, 'language_info'), 'name');
  return typeof declared?.value === 'string' ? declared.value.toLowerCase() : 'python';
}

function codeOf(cell: Node, index: number): { index: number; strings: readonly Node[] }[] {
  const source = member(cell, 'source');
  if (member(cell, 'cell_type')?.value !== 'code' || source === undefined) return [];
  const strings = (source.type === 'array' ? (source.children ?? []) : [source]).filter(({ type }) => type === 'string');
  const first = String(strings[0]?.value ?? '');
  return first.startsWith('%%') && !PYTHON_MAGICS.test(first) ? [] : [{ index, strings }];
}

function member(object: Node | undefined, name: string): Node | undefined {
  return object?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** The value of a JSON string; the offset of each of its characters goes into `offsets`. */
function unescaped(text: string, node: Node, offsets: number[]): string {
  const end = node.offset + node.length - 1;
  for (let at = node.offset + 1; at < end; ) {
    offsets.push(at);
    at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
  }
  return String(node.value);
}

/** `%matplotlib inline` and `!pip install x` become comments of the same length. */
function withoutMagics(source: string): string {
  return source.replace(LINE_MAGIC, '$1#');
}
