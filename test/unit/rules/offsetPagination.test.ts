import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';

/** How sure the rule is of a page of Prisma with this `where`. */
async function confidence(where: string, before = ''): Promise<string | undefined> {
  const detector = createDetector({ only: ['offset-pagination'] });
  const page = `${before} return prisma.member.findMany({ where: ${where}, skip: page * 20, take: 20 });`;
  await detector.update('src/pages.ts', `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport function list(page: number, teamId: string, q: string) { ${page} }\n`);
  return detector.check().findings[0]?.confidence;
}

describe('pages of a part of a table', () => {
  it('are as deep as the part is, where it is the rows of one parent', async () => {
    assert.equal(await confidence('{ teamId }'), 'possible');
    assert.equal(await confidence('{ teamId: teamId, name: { contains: q } }'), 'possible');
    assert.equal(await confidence('where', 'const where = { teamId };'), 'possible');
    assert.equal(await confidence('whereOf(teamId)'), 'possible');
    assert.equal(await confidence('{ ...conditions }'), 'possible');
  });

  it('are as deep as the table where nothing, a search or a status narrows them', async () => {
    assert.equal(await confidence('{}'), 'likely');
    assert.equal(await confidence('{ name: { contains: q } }'), 'likely');
    assert.equal(await confidence("{ status: 'OPEN' }"), 'likely');
    assert.equal(await confidence('{ OR: [{ teamId }] }'), 'likely');
  });
});
