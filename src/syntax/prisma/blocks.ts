/** One line of a block: a field, or an attribute of the whole block. */
export interface PrismaLine {
  /** The first word: a field's name, or "@@index". */
  readonly name: string;
  /** What follows it: the field's type and attributes, or the attribute's arguments. */
  readonly rest: string;
}

/** A block such as `model Order { … }`. */
export interface PrismaBlock {
  readonly keyword: string;
  readonly name: string;
  readonly lines: readonly PrismaLine[];
  /** Zero-based line of the opening brace. */
  readonly line: number;
}

const OPENING = /^\s*(\w+)\s+(\w+)\s*\{/;

/** The blocks of a schema.prisma. Its grammar goes by lines, so what is half typed costs its own line only. */
export function prismaBlocks(text: string): PrismaBlock[] {
  const blocks: { keyword: string; name: string; lines: PrismaLine[]; line: number }[] = [];
  let open = false;
  let pending = '';
  for (const [line, raw] of text.split(/\r\n?|\n/).entries()) {
    const written = `${pending} ${withoutComment(raw)}`.trim();
    const opening = pending === '' ? OPENING.exec(written) : null;
    pending = '';
    if (opening !== null) {
      blocks.push({ keyword: opening[1]!, name: opening[2]!, lines: [], line });
      open = true;
    } else if (written === '}') open = false;
    else if (open && isUnclosed(written)) pending = written;
    else if (open && written !== '') blocks[blocks.length - 1]!.lines.push(split(written));
  }
  return blocks;
}

function split(written: string): PrismaLine {
  const [, name = '', rest = ''] = /^(@@[\w.]+|\w+)\s*(.*)$/s.exec(written) ?? [];
  return { name, rest };
}

/** A list of arguments may go on in the next line. */
function isUnclosed(written: string): boolean {
  const plain = written.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return (plain.match(/[([]/g)?.length ?? 0) > (plain.match(/[)\]]/g)?.length ?? 0);
}

/** `//` begins a comment, but not inside a string. */
function withoutComment(line: string): string {
  const comment = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*\/\//.exec(line);
  return comment === null ? line : comment[0].slice(0, -2);
}
