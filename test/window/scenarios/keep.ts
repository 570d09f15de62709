import { copyFileSync, existsSync } from 'node:fs';
import { generate } from '../../../src/build/generate';
import { KEPT, MEASURED } from './files';

/** Takes what the last run of the test has measured over into the README. `npm run scenarios`. */
if (existsSync(MEASURED)) {
  copyFileSync(MEASURED, KEPT);
  console.log(`Written: ${generate().join(', ') || 'nothing, the figures are the same'}`);
} else {
  console.error('Nothing was measured yet. Next step: npm test -- --only scenarios');
  process.exitCode = 1;
}
