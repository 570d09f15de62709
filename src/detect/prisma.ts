import { prismaDialect, prismaModels } from '../syntax/prisma/schema';
import type { FileAnalysis, LanguageAnalyser } from './candidate';

/** Reads a schema.prisma for its models. No rule looks at one, so it has no findings. */
export class PrismaAnalyser implements LanguageAnalyser {
  analyse(file: string, text: string): FileAnalysis {
    const models = prismaModels(text);
    const dialect = prismaDialect(text);
    return {
      file,
      facts: { file, language: 'prisma', functions: [], references: [], reexports: [], queries: [], schema: [], packages: [], takesDurations: false, models: models.length > 0 ? models : undefined, ...(dialect && { dialects: [dialect] }) },
      raw: [],
      statements: [],
      suppressions: [],
      failures: [],
    };
  }
}
