/** `--import` this: libraries that are modules are met where they are loaded. */
import * as nodeModule from 'node:module';
import { loadSync } from './hooks.mjs';

// Hooks in the same thread came with Node 22.15; before, they have a thread of their own.
if (typeof nodeModule.registerHooks === 'function') nodeModule.registerHooks({ load: loadSync });
else nodeModule.register('./hooks.mjs', import.meta.url);
