import { extname } from 'node:path';

/** The three languages that rules are written for. JavaScript, JSX and TSX are dialects of `typescript`. */
export type Language = 'typescript' | 'python' | 'sql';

/** What the detector reads besides, for what it says of the code: models and page templates. */
export type SourceLanguage = Language | 'prisma' | 'template';

export const LANGUAGES: readonly Language[] = ['typescript', 'python', 'sql'];

const BY_EXTENSION: Readonly<Record<string, SourceLanguage>> = {
  '.ts': 'typescript',
  '.tsx': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.js': 'typescript',
  '.jsx': 'typescript',
  '.mjs': 'typescript',
  '.cjs': 'typescript',
  '.py': 'python',
  '.pyi': 'python',
  // A notebook is read as the Python of its cells.
  '.ipynb': 'python',
  '.sql': 'sql',
  '.prisma': 'prisma',
};

/** Templates of Django and Jinja lie in a folder of their own; other HTML is nobody's to read. */
const TEMPLATE = /(?:^|\/)(?:templates|jinja2?)\/.*\.(?:html|jinja2?|j2)$/i;

/** The language of a file by its name, or undefined where the detector does not read it. */
export function languageOfFile(file: string): SourceLanguage | undefined {
  return BY_EXTENSION[extname(file).toLowerCase()] ?? (TEMPLATE.test(file) ? 'template' : undefined);
}

/** Whether rules are written for a language, so that its files may have findings. */
export function hasRules(language: SourceLanguage | undefined): language is Language {
  return language !== undefined && language !== 'prisma' && language !== 'template';
}

/** The language of a file that may have findings, by its name. */
export function ruleLanguageOf(file: string): Language | undefined {
  const language = languageOfFile(file);
  return hasRules(language) ? language : undefined;
}

/** Every file extension the detector reads, with its dot. */
export const SOURCE_EXTENSIONS: readonly string[] = [...Object.keys(BY_EXTENSION), '.html', '.jinja', '.jinja2', '.j2'];
