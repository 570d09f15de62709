import { NotebookCellKind, NotebookDocuments, type NotebookCell, type NotebookDocument } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, FindingFix } from '../core/finding';
import type { Range } from '../core/text';
import type { Notebook } from '../syntax/python/notebook';
import type { ServerContext } from './context';
import type { DocumentView, Judged } from './documentView';
import type { Session } from './session';
import type { Place } from './sessions';

/** A notebook in the editor: its cells, and the text under which all of them are analysed together. */
interface OpenNotebook {
  readonly place: Place;
  /** Known once a cell has been looked at: what reads notebooks is loaded with the first one. */
  notebook?: Notebook;
  readonly text: TextDocument;
  /** The documents of its cells in order; undefined for one that is not Python. */
  readonly cells: readonly (TextDocument | undefined)[];
}

/**
 * Notebooks that are open. A cell alone says little: what it uses was imported in another one. So all of them
 * are analysed as the file that they are stored in, and what is found is shown in the cell in which it stands.
 */
export class OpenNotebooks {
  private readonly documents = new NotebookDocuments(TextDocument);
  private readonly open = new Map<string, OpenNotebook>();
  private version = 0;

  constructor(private readonly context: ServerContext) {}

  listen(): void {
    this.documents.onDidOpen((notebook) => this.update(notebook));
    this.documents.onDidChange(({ notebookDocument }) => this.update(notebookDocument));
    this.documents.onDidClose((notebook) => this.close(notebook.uri));
    this.documents.listen(this.context.connection);
  }

  /** The views of a notebook's cells; undefined for a document that is none. */
  async cellsOf(view: DocumentView): Promise<DocumentView[] | undefined> {
    const open = this.open.get(view.uri);
    const notebook = open && (await read(open));
    return notebook && open.cells.flatMap((document, index) => (document ? [cellView(view, open, notebook, document, index)] : []));
  }

  /** What the editor shows of one cell, by its URI; undefined for a document that is no cell. */
  async cellView(uri: string): Promise<DocumentView | undefined> {
    for (const open of this.open.values()) {
      const index = open.cells.findIndex((cell) => cell?.uri === uri);
      if (index < 0) continue;
      const view = await open.place.session.view(open.place.file);
      return view && cellView(view, open, await read(open), open.cells[index]!, index);
    }
    return undefined;
  }

  /** The cell of a finding and the finding as it stands there; undefined where its file is no notebook that is open. */
  async cellOf(session: Session, { id, file, cell }: Finding): Promise<{ text: TextDocument; finding: Finding } | undefined> {
    const open = [...this.open.values()].find(({ place }) => place.session === session && place.file === file);
    const view = open && cell && (await session.view(file));
    const document = cell && open?.cells[cell.cell];
    if (!view || !document) return undefined;
    const judged = cellView(view, open, await read(open), document, cell.cell).judged.find(({ finding }) => finding.id === id);
    return judged && { text: document, finding: judged.finding };
  }

  private update(document: NotebookDocument): void {
    const cells = document.cells.map((cell) => this.pythonOf(cell));
    const json = JSON.stringify({ cells: cells.map((cell) => ({ cell_type: cell ? 'code' : 'raw', source: cell?.getText() ?? '' })) });
    this.clearAllBut(document.uri, cells);
    const text = TextDocument.create(document.uri, 'python', ++this.version, json);
    const place = this.context.sessions.place(text);
    this.open.set(document.uri, { place, text, cells });
    place.session.open.set(place.file, text);
    this.context.refresher.document(place.session, place.file);
  }

  private close(uri: string): void {
    const open = this.open.get(uri);
    this.clearAllBut(uri, []);
    this.open.delete(uri);
    if (open === undefined) return;
    const { session, file } = open.place;
    session.close(file);
    if (session.names.root) this.context.scans.request(session, [file]);
    else session.remove(file);
  }

  /** Takes the diagnostics of cells away that are no longer there. */
  private clearAllBut(uri: string, cells: readonly (TextDocument | undefined)[]): void {
    for (const cell of this.open.get(uri)?.cells ?? []) {
      if (cell && !cells.some((kept) => kept?.uri === cell.uri)) this.context.publisher.publish(cell.uri, []);
    }
  }

  private pythonOf(cell: NotebookCell): TextDocument | undefined {
    const document = cell.kind === NotebookCellKind.Code ? this.documents.getCellTextDocument(cell) : undefined;
    return document?.languageId === 'python' ? document : undefined;
  }
}

async function read(open: OpenNotebook): Promise<Notebook> {
  const { Notebook } = await import('../syntax/python/notebook');
  return (open.notebook ??= Notebook.read(open.text.getText())!);
}

/** What of a notebook's view stands in one cell, at its place there. */
function cellView(view: DocumentView, { text }: OpenNotebook, notebook: Notebook, document: TextDocument, index: number): DocumentView {
  const inCell = (range: Range): Range | undefined => rangeInCell(range, notebook, text, index);
  return {
    ...view,
    uri: document.uri,
    text: document,
    uriOf: (file) => (file === view.file ? document.uri : view.uriOf(file)),
    functions: view.functions.flatMap((fact) => {
      const [range, nameRange] = [inCell(fact.range), inCell(fact.nameRange)];
      return range && nameRange ? [{ ...fact, range, nameRange }] : [];
    }),
    judged: view.judged.flatMap((judged) => judgedInCell(judged, view.file, inCell)),
  };
}

function judgedInCell(judged: Judged, file: string, inCell: (range: Range) => Range | undefined): Judged[] {
  const range = inCell(judged.finding.range);
  if (range === undefined) return [];
  const related = judged.finding.related.flatMap((each) => {
    const place = each.file === file ? inCell(each.range) : each.range;
    return place ? [{ ...each, range: place }] : [];
  });
  const fixes = judged.finding.fixes.flatMap((fix) => fixInCell(fix, file, inCell));
  return [{ ...judged, finding: { ...judged.finding, range, related, fixes } }];
}

/** A fix that reaches into another cell is left out: the editor would apply half of it. */
function fixInCell(fix: FindingFix, file: string, inCell: (range: Range) => Range | undefined): FindingFix[] {
  const edits = fix.edits.flatMap((edit) => {
    const range = edit.file === file ? inCell(edit.range) : edit.range;
    return range ? [{ ...edit, range, newText: edit.file === file ? (JSON.parse(`"${edit.newText}"`) as string) : edit.newText }] : [];
  });
  return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
}

/** undefined for a range that does not lie in the cell. */
function rangeInCell({ start, end }: Range, notebook: Notebook, text: TextDocument, index: number): Range | undefined {
  const [first, last] = [start, end].map((position) => notebook.cellAt(notebook.offsetInCode(text.offsetAt(position))));
  if (first!.cell !== index || last!.cell !== index) return undefined;
  return { start: { line: first!.line, character: first!.character }, end: { line: last!.line, character: last!.character } };
}
