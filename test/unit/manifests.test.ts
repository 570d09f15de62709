import assert from 'node:assert/strict';
import { createDetector } from '../../src/detect/detector';
import type { FileFacts } from '../../src/core/facts';
import { WorkspaceKnowledge } from '../../src/workspace/knowledge';
import { isManifest, packagesIn } from '../../src/workspace/manifests';

describe('manifests', () => {
  it('are known by their names', () => {
    const manifests = ['package.json', 'apps/web/package.json', 'requirements.txt', 'requirements-dev.txt', 'requirements/base.txt', 'api/pyproject.toml', 'Pipfile', 'setup.cfg'];
    assert.deepEqual(manifests.filter((path) => !isManifest(path)), []);
    assert.deepEqual(['tsconfig.json', 'package.json.md', 'notes.txt', 'package-lock.json'].filter(isManifest), []);
  });

  it('name the dependencies of a package.json', () => {
    const text = JSON.stringify({ name: 'shop', dependencies: { express: '5' }, devDependencies: { vitest: '4' }, peerDependencies: { react: '19' } });
    assert.deepEqual(packagesIn('package.json', text), ['express', 'vitest', 'react']);
  });

  it('name the packages of requirements, pyproject.toml and Pipfile in lower case', () => {
    assert.ok(packagesIn('requirements.txt', 'Django==5.1\nsentry-sdk[django]>=2  # errors\n').includes('sentry-sdk'));
    assert.ok(packagesIn('requirements.txt', 'Django==5.1\n').includes('django'));
    assert.ok(packagesIn('pyproject.toml', '[project]\ndependencies = [\n  "FastAPI>=0.115",\n]\n').includes('fastapi'));
    assert.ok(packagesIn('Pipfile', '[packages]\nflask = "*"\n').includes('flask'));
  });

  it('that are half-typed name nothing', () => {
    assert.deepEqual(packagesIn('package.json', '{ "dependencies": { "express": '), []);
    assert.deepEqual(packagesIn('package.json', 'null'), []);
  });
});

describe('the packages of a workspace', () => {
  const factsOf = (file: string, packages: string[], takesDurations = false): FileFacts => ({
    file, language: 'typescript', functions: [], references: [], reexports: [], queries: [], schema: [], packages, takesDurations,
  });

  it('are those of its manifests and of its imports, and follow both', () => {
    const workspace = new WorkspaceKnowledge();
    workspace.setManifest('package.json', ['express']);
    workspace.set(factsOf('a.ts', ['hono/logger']));
    assert.deepEqual([...workspace.packages].sort(), ['express', 'hono/logger']);
    workspace.set(factsOf('a.ts', []));
    assert.deepEqual([...workspace.packages], ['express']);
    workspace.deleteManifest('package.json');
    assert.deepEqual([...workspace.packages], []);
  });

  it('and the files that take durations', () => {
    const workspace = new WorkspaceKnowledge();
    workspace.set(factsOf('b.ts', [], true));
    workspace.set(factsOf('a.ts', [], true));
    assert.deepEqual(workspace.timingFiles, ['a.ts', 'b.ts']);
    workspace.set(factsOf('b.ts', []));
    assert.deepEqual(workspace.timingFiles, ['a.ts']);
  });

  it('are read from code, relative imports and aliases left out', async () => {
    const detector = createDetector();
    await detector.update('a.ts', "import './instrument';\nimport '@sentry/node';\nimport { x } from './x';\nimport y from '@/y';\nimport { logger } from 'hono/logger';\nconst t = performance.now();\n");
    await detector.update('b.py', 'import prometheus_client\nfrom . import models\n');
    const [a, b] = detector.facts();
    assert.deepEqual(a!.packages, ['hono/logger', '@sentry/node']);
    assert.equal(a!.takesDurations, true);
    assert.ok(b!.packages.includes('prometheus_client'));
    assert.equal(b!.takesDurations, false);
  });
});
