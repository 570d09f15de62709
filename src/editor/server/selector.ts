import { languageOfFile } from '../../core/language';
import { ANALYSED_LANGUAGES, CONFIG_PATTERN } from '../names';

/** The documents the server is told of: saved and unsaved source files, and performance.json. */
export const SELECTOR: { scheme: string; language?: string; pattern?: string }[] = [
  ...['file', 'untitled'].flatMap((scheme) => ANALYSED_LANGUAGES.map((language) => ({ scheme, language }))),
  { scheme: 'file', pattern: `**/${CONFIG_PATTERN}` },
];

/** Source documents alone: what status, heat and lenses are about. */
export const SOURCE_SELECTOR = SELECTOR.filter(({ language }) => language !== undefined);

/** Whether lines of a document can have been measured. */
export function isMeasurable(document: { readonly languageId: string; readonly uri: { readonly scheme: string; readonly path: string } }): boolean {
  const language = languageOfFile(document.uri.path);
  return document.uri.scheme === 'file' && (language === 'typescript' || language === 'python');
}
