import { ANALYSED_LANGUAGES, CONFIG_PATTERN, PROFILED_LANGUAGES } from '../names';

/** The documents the server is told of: saved and unsaved source files, and performance.json. */
export const SELECTOR: { scheme: string; language?: string; pattern?: string }[] = [
  ...['file', 'untitled'].flatMap((scheme) => ANALYSED_LANGUAGES.map((language) => ({ scheme, language }))),
  // The cells of a notebook; the client tells of them as a part of it.
  { scheme: 'vscode-notebook-cell', language: 'python' },
  { scheme: 'file', pattern: `**/${CONFIG_PATTERN}` },
];

/** Source documents alone: what status, heat and lenses are about. */
export const SOURCE_SELECTOR = SELECTOR.filter(({ language }) => language !== undefined);

interface NamedDocument {
  readonly languageId: string;
  readonly uri: { readonly scheme: string };
}

/** Whether functions of a document can be profiled, once it is saved in a folder. */
export function isProfiled({ languageId }: NamedDocument): boolean {
  return PROFILED_LANGUAGES.some((language) => language === languageId);
}

/** Whether lines of a document can have been measured. */
export function isMeasurable(document: NamedDocument): boolean {
  return document.uri.scheme === 'file' && isProfiled(document);
}
