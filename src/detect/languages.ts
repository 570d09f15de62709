import type { SourceLanguage } from '../core/language';
import type { LanguageAnalyser } from './candidate';
import type { SqlAnalyser } from './sql';

/** Loads the parser and the matchers of a language on first use; a Python user never loads the TypeScript compiler. */
export class LanguageLoader {
  private readonly loaded = new Map<SourceLanguage, Promise<LanguageAnalyser>>();
  private readonly ready: LanguageAnalyser[] = [];

  load(language: SourceLanguage): Promise<LanguageAnalyser> {
    let analyser = this.loaded.get(language);
    if (!analyser) {
      analyser = this.create(language);
      this.loaded.set(language, analyser);
      void analyser.then((one) => this.ready.push(one), () => undefined);
    }
    return analyser;
  }

  /** A file is no longer edited. */
  forget(file: string): void {
    for (const analyser of this.ready) analyser.forget?.(file);
  }

  private async create(language: SourceLanguage): Promise<LanguageAnalyser> {
    if (language === 'prisma') return new (await import('./prisma')).PrismaAnalyser();
    if (language === 'template') return new (await import('./template')).TemplateAnalyser();
    const sql = language === 'sql' ? await createSql() : ((await this.load('sql')) as SqlAnalyser);
    if (language === 'sql') return sql;
    if (language === 'typescript') {
      const [{ TypeScriptAnalyser }, { matchers }] = await Promise.all([import('./typescript'), import('../rules/generated/typescript')]);
      return new TypeScriptAnalyser(matchers, sql);
    }
    const [{ PythonAnalyser }, { matchers }] = await Promise.all([import('./python'), import('../rules/generated/python')]);
    return new PythonAnalyser(matchers, sql);
  }
}

async function createSql(): Promise<SqlAnalyser> {
  const [{ SqlAnalyser }, { loadSqlParser }, { matchers }] = await Promise.all([import('./sql'), import('../syntax/sql/parser'), import('../rules/generated/sql')]);
  await loadSqlParser();
  return new SqlAnalyser(matchers);
}
