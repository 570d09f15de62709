import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../file';
import { elementsOf, objectOf, textOf } from '../models/literals';
import { nameText, unwrap } from '../nodes';

/** The option under which each library is told what to read along. */
const OPTION: Readonly<Record<string, string>> = { prisma: 'include', typeorm: 'relations', 'mikro-orm': 'populate', sequelize: 'include' };

/** The option that names what a query reads along; absent for other calls and where there is none. */
export function readAlongOption(call: ts.CallExpression, file: TypeScriptFile): ts.PropertyAssignment | undefined {
  const names = call.arguments.map(objectOf).flatMap((object) => object?.properties ?? []).filter(ts.isPropertyAssignment);
  const option = names.find(({ name }) => Object.values(OPTION).includes(nameText(name) ?? ''));
  const access = option && file.dataAccess(call);
  return access?.kind === 'query' && OPTION[access.library] === nameText(option!.name) ? option : undefined;
}

/** `{ lines: true }`, `['lines', 'lines.product']`; undefined where they are only known when it runs. */
export function readAlong(value: ts.Expression): readonly string[] | undefined {
  const object = objectOf(unwrap(value));
  if (object === undefined) {
    const texts = elementsOf(value).map(textOf);
    return texts.some((text) => text === undefined) ? undefined : (texts as string[]);
  }
  const found: string[] = [];
  for (const property of object.properties) {
    const name = ts.isPropertyAssignment(property) ? nameText(property.name) : undefined;
    if (name === undefined || !ts.isPropertyAssignment(property)) return undefined;
    const isAsked = property.initializer.kind === ts.SyntaxKind.TrueKeyword || objectOf(property.initializer) !== undefined;
    // Counts come with the row.
    if (isAsked && name !== '_count') found.push(name);
  }
  return found;
}
