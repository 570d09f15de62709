import { ts } from 'ts-morph';
import type { TypeKind } from '../core/rule';
import type { Span } from '../core/text';
import { compilerOptions, nearestConfig } from './compilerOptions';
import { kindOfType } from './kinds';
import { NearbyModules, type Resolutions } from './nearby';
import { LIBRARY_FOLDER, Sources } from './sources';

/** Global names of the browser; their library is large and read only for files that use it. */
const BROWSER = /\b(?:document|window|HTML\w*Element|NodeList\w*|Element|DOM\w+|localStorage|navigator)\b/;

export interface TypeRequest {
  /** Absolute path, with forward slashes. */
  readonly file: string;
  /** The text that the spans refer to, which may not be saved yet. */
  readonly text: string;
  readonly spans: readonly Span[];
}

/**
 * Answers what kind of value expressions are, with a program of one file and what it imports from near by.
 * It never reads a whole project: that takes gigabytes, and one type needs a few files.
 */
export class TypeService {
  private readonly sources = new Sources();
  private readonly resolutions = new Map<string, Resolutions>();

  /** @param root absolute path of the workspace folder; no configuration above it is read. */
  constructor(private readonly root: string) {}

  /** One answer for each span, in order; undefined where it cannot be told. */
  ask({ file, text, spans }: TypeRequest): (TypeKind | undefined)[] {
    const program = this.programOf(file, text);
    const source = program.getSourceFile(file);
    if (source === undefined) return spans.map(() => undefined);
    const checker = program.getTypeChecker();
    return spans.map((span) => {
      const node = nodeAt(source, span);
      return node && kindOfType(checker.getTypeAtLocation(node), checker);
    });
  }

  private programOf(file: string, text: string): ts.Program {
    const config = nearestConfig(file, this.root);
    const options = compilerOptions(config, /x$/.test(file) || BROWSER.test(text));
    const modules = new NearbyModules(file, options, this.resolutionsOf(config));
    return ts.createProgram({ rootNames: [file], options, host: this.hostOf(file, text, modules) });
  }

  private resolutionsOf(config: string | undefined): Resolutions {
    const key = config ?? '';
    let known = this.resolutions.get(key);
    if (known === undefined) this.resolutions.set(key, (known = new Map()));
    return known;
  }

  private hostOf(root: string, text: string, modules: NearbyModules): ts.CompilerHost {
    const { sources } = this;
    return {
      getSourceFile: (path, options) => (path === root ? ts.createSourceFile(path, text, options, false) : sources.get(path, options)),
      fileExists: (path) => path === root || sources.has(path),
      readFile: (path) => (path === root ? text : sources.read(path)),
      resolveModuleNameLiterals: (literals, from) => literals.map((literal) => modules.resolve(literal.text, from)),
      resolveTypeReferenceDirectiveReferences: (references) => references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
      getDefaultLibFileName: () => `${LIBRARY_FOLDER}/lib.es2023.d.ts`,
      getDefaultLibLocation: () => LIBRARY_FOLDER,
      getCurrentDirectory: () => this.root,
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getNewLine: () => '\n',
      writeFile: () => undefined,
    };
  }
}

/** The expression that covers exactly the span. */
function nodeAt(source: ts.SourceFile, { start, end }: Span): ts.Expression | undefined {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.end < end || node.pos > start) return undefined;
    if (node.end === end && node.getStart(source) === start && ts.isExpression(node)) return node;
    return ts.forEachChild(node, find);
  };
  return find(source) as ts.Expression | undefined;
}
