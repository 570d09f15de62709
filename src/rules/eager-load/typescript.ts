import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { propertyOf, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { importInside } from './typescriptFix';
import { isHeavy } from './typescriptHeavy';
import { onlyUser } from './typescriptUsers';

const Kind = ts.SyntaxKind;
const { isCallExpression, isClassLike, isImportDeclaration, isObjectLiteralExpression, isPropertyDeclaration, isStringLiteral } = ts;

/** Relations with many ends: of the others one row comes along, which costs little. */
const TO_MANY: readonly string[] = ['OneToMany', 'ManyToMany'];

export const matcher: TypeScriptMatcher<Facts> = {
  // Imports hold no running code, so the walk passes them over; the file itself is where they are looked at.
  kinds: [Kind.SourceFile, Kind.CallExpression],
  names: TO_MANY,

  find(node, file): readonly Match<Facts>[] | Match<Facts> | undefined {
    return isCallExpression(node) ? eagerRelation(node, file) : heavyImports(node as ts.SourceFile, file);
  },

  fix: (match, node, file) => (isCallExpression(node) ? undefined : importInside(match, file)),
};

function heavyImports(source: ts.SourceFile, file: TypeScriptFile): Match<Facts>[] {
  return source.statements.flatMap((statement) => {
    if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier) || !isHeavy(statement.moduleSpecifier.text)) return [];
    const user = onlyUser(statement, file);
    if (user === undefined) return [];
    const module = statement.moduleSpecifier.text;
    return [{ span: file.span(statement), facts: { kind: 'import', module, root: module, user: user.name, others: user.others, isClient: user.isClient } }];
  });
}

/** `@OneToMany(() => Line, (line) => line.order, { eager: true })` of TypeORM. */
function eagerRelation(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const options = call.arguments.map(unwrap).find(isObjectLiteralExpression);
  const eager = options && propertyOf(options, 'eager');
  if (eager?.kind !== Kind.TrueKeyword || originOf(call.expression, file)?.module !== 'typeorm') return undefined;
  const member = call.parent.parent;
  if (!isPropertyDeclaration(member) || !isClassLike(member.parent)) return undefined;
  const relation = `${member.parent.name?.text ?? 'its class'}.${member.name.getText()}`;
  return { span: file.span(eager.parent), confidence: 'possible', facts: { kind: 'relation', relation, setting: 'eager: true' } };
}
