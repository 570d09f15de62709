import { FailureError } from '../../core/failures';
import type { QueryFact } from '../../core/facts';
import { ENGINE_NAMES, type EngineName, type ProofSubject } from '../../core/proof';
import { proofFailures } from '../../core/proofFailures';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { newRunId } from '../../evidence/runId';

import { plainName } from '../../workspace/schema/names';
import { PGLITE_EXTENSIONS } from '../engines/pgliteLoader';
import { inspect } from '../server/selectOnly';
import { keySteps, tableSteps } from './buildSteps';
import { planCandidates, type RecommendedCandidate } from './candidates';
import { factQuery } from './factQuery';
import { literalsOf } from './literals';
import { DEFAULT_LIMITS, type EngineProfile, type PlannedCandidate, type PreparedQuery, type ProofLimits, type ProofPlan } from './plan';
import { readStatement, type ReadStatement } from './prepareQuery';
import { tableRecipes } from './recipes';
import { relationsOf, supportSteps } from './relations';
import { scaleOf } from './scale';
import { readSupport, type SqlSource } from './support';
import { TypeReader } from './typeReader';
import { userCandidate } from './userCandidate';

/** What is asked for. */
export interface ProofRequest {
  readonly subject: ProofSubject;
  /** The statement as it is written; absent where an ORM writes it. */
  readonly sql?: string;
  /** What the detector knows of the query. */
  readonly fact?: QueryFact;
  readonly candidates: readonly RecommendedCandidate[];
  /** A CREATE INDEX of the user's own to try. */
  readonly index?: string;
  readonly engine: EngineName;
  readonly analyse?: boolean;
  readonly limits?: Partial<ProofLimits>;
}

const SEED = 20_261_122;

/** What each engine can build. The user's own server builds nothing. */
export const PROFILES: Readonly<Record<EngineName, EngineProfile>> = {
  pglite: { dialect: 'postgresql', extensions: new Set(PGLITE_EXTENSIONS) },
  postgres: { dialect: 'postgresql', extensions: new Set(PGLITE_EXTENSIONS) },
  sqlite: { dialect: 'sqlite', extensions: new Set() },
};

export const isEngineName = (name: string): name is EngineName => (ENGINE_NAMES as readonly string[]).includes(name);

/**
 * Plans a proof: the query, the database it is tried in and the changes that are tried. `sources` are the workspace's
 * .sql files, for what the schema does not keep. The SQL parser must be loaded. Throws FailureError.
 */
export function makeProofPlan(request: ProofRequest, workspace: WorkspaceView, sources: readonly SqlSource[]): ProofPlan {
  const { subject, engine } = request;
  const profile = PROFILES[engine];
  const limits: ProofLimits = { ...DEFAULT_LIMITS, ...request.limits };
  const read = readQuery(request, workspace);
  const support = readSupport(sources);
  const relations = relationsOf(read.main.statement.root, support);
  const tables = unique(relations.tables.flatMap((name) => workspace.schema.table(name) ?? []));
  const unknown = relations.tables.filter((name) => workspace.schema.table(name) === undefined);
  if (engine !== 'postgres' && (tables.length === 0 || unknown.length > 0)) throw new FailureError(proofFailures.tablesUnknown(subject.file, unknown));
  const types = new TypeReader(workspace.schema, support);
  const built = tableSteps(tables, support, types, profile);
  return {
    id: newRunId(new Date()),
    subject,
    engine,
    seed: SEED,
    extensions: neededExtensions(read.main, profile),
    tables: tableRecipes({ tables, scales: scaleOf(tables, workspace, limits), support, types, workspace, dialect: profile.dialect, literals: literalsOf(read.main.statement, workspace.schema) }),
    build: [...supportSteps(relations, support, 'before'), ...built.steps],
    finish: [...keySteps(tables, profile), ...supportSteps(relations, support, 'after')],
    queries: [read.main.prepared, ...(read.simpler ? [read.simpler] : [])],
    candidates: candidatesOf(request, read.main, workspace, profile),
    notes: [...read.notes, ...built.notes],
    limits,
    analyse: request.analyse ?? false,
  };
}

/** A table that is read twice is built once. */
function unique(tables: readonly Table[]): Table[] {
  return [...new Map(tables.map((table) => [plainName(table.name), table])).values()];
}

interface ReadQuery {
  readonly main: ReadStatement;
  /** The query by its facts, for an engine that does not know a function the text calls. */
  readonly simpler?: PreparedQuery;
  readonly notes: readonly string[];
}

/** The statement as it is written where it only reads; else the search for its rows, from the facts of the query. */
function readQuery({ subject: { file, line }, sql, fact, engine }: ProofRequest, { schema }: WorkspaceView): ReadQuery {
  const rendered = fact && factQuery(fact, schema);
  const notes: string[] = [];
  if (sql !== undefined) {
    const main = readStatement(sql, file, schema);
    const inspection = main.statement.verb === 'select' ? inspect(main.prepared.sql, engine === 'postgres' ? 'shared' : 'alone') : undefined;
    if (inspection?.kind === 'select') {
      const hidden = main.statement.hidesConditions ? ['Conditions that are put together when the program runs were left out of the query.'] : [];
      return { main, simpler: rendered && readStatement(rendered.sql, file, schema).prepared, notes: hidden };
    }
    if (inspection?.kind === 'refused') {
      if (engine === 'postgres' || rendered === undefined) throw new FailureError(proofFailures.statementRefused(inspection.why));
      notes.push(`The statement is never run, because ${inspection.why}: a SELECT that searches for the same rows stands in for it.`);
    }
  }
  if (rendered === undefined) throw new FailureError(fact === undefined ? proofFailures.noQueryHere(file, line + 1) : proofFailures.tablesUnknown(file, fact.tables));
  if (notes.length === 0) notes.push(reconstructed(fact!, sql !== undefined));
  return { main: readStatement(rendered.sql, file, schema), notes: [...rendered.notes, ...notes] };
}

function reconstructed({ verb }: QueryFact, isStatement: boolean): string {
  if (isStatement) return `The ${verb.toUpperCase()} is never run: a SELECT that searches for the same rows stands in for it.`;
  return verb === 'select'
    ? 'The query was put together from the call in the code; what the library sends may differ in form.'
    : `The ${verb} is never run: a SELECT that searches for the same rows was put together from the call in the code.`;
}

function candidatesOf({ candidates, index, subject }: ProofRequest, main: ReadStatement, { schema }: WorkspaceView, profile: EngineProfile): PlannedCandidate[] {
  const planned = planCandidates(candidates, { schema, profile, statement: main.statement, file: subject.file });
  return index === undefined ? planned : [...planned, userCandidate(index, schema)];
}

/** Extensions whose functions or operators the query itself uses. */
function neededExtensions({ statement }: ReadStatement, { extensions, dialect }: EngineProfile): string[] {
  if (dialect === 'sqlite') return [];
  const uses: readonly [string, RegExp][] = [
    ['pg_trgm', /\b(?:word_)?similarity\s*\(|[^%]%[^%']|<->/],
    ['unaccent', /\bunaccent\s*\(/i],
    ['fuzzystrmatch', /\b(?:levenshtein|soundex|metaphone)\s*\(/i],
    ['uuid-ossp', /\buuid_generate_v\d/i],
    ['cube', /\bcube\s*\(/i],
  ];
  return uses.flatMap(([name, pattern]) => (extensions.has(name) && pattern.test(statement.text) ? [name] : []));
}
