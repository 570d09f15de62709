import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ROOT } from './support';

const DIST = join(ROOT, 'dist');

/** A word of each library that no minifier takes away. */
const ANTHROPIC = 'anthropic-version';
const MCP = 'notifications/initialized';

describe('the bundles', function () {
  this.timeout(120_000);
  before(ensureBuilt);

  const text = (file: string): string => readFileSync(join(DIST, file), 'utf8');

  it('keep the SDKs out of what activation loads', () => {
    for (const file of ['extension.js', 'advisor.js', 'panel.js']) {
      assert.ok(!text(file).includes(ANTHROPIC), `${file} holds the Anthropic SDK`);
      assert.ok(!text(file).includes(MCP), `${file} holds the MCP SDK`);
    }
    assert.ok(text('vendor/anthropic-sdk.js').includes(ANTHROPIC));
  });

  it('load the advisor without the Anthropic SDK, and the SDK with the first question that goes there', async () => {
    const isLoaded = (): boolean => require.resolve(join(DIST, 'vendor/anthropic-sdk.js')) in require.cache;
    const { loadAnthropic } = require(join(DIST, 'advisor.js')) as typeof import('../../src/advisor');
    assert.equal(isLoaded(), false);
    const { connectAnthropic } = await loadAnthropic();
    assert.equal(typeof connectAnthropic, 'function');
    assert.equal(isLoaded(), true);
  });
});
