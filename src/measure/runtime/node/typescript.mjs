/** `--import` this where the workspace has no loader for TypeScript of its own. */
import { register } from 'node:module';

register('./typescriptHooks.mjs', import.meta.url, {
  data: { compiler: process.env.PERFORMANCE_ENGINEER_TYPESCRIPT },
});
