import { readTemplate } from '../syntax/template/template';
import type { FileAnalysis, LanguageAnalyser } from './candidate';

/** Reads a page template for what it does with its variables. Findings stand at the view that fills them. */
export class TemplateAnalyser implements LanguageAnalyser {
  analyse(file: string, text: string): FileAnalysis {
    return {
      file,
      facts: { file, language: 'template', functions: [], references: [], reexports: [], queries: [], schema: [], packages: [], takesDurations: false, template: readTemplate(text) },
      raw: [],
      statements: [],
      suppressions: [],
      failures: [],
    };
  }
}
