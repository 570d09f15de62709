import * as path from 'node:path';

/** The checkout: the folder that holds package.json. */
export const projectRoot = path.resolve(__dirname, '..', '..', '..');

/** Where downloaded editors are kept between runs. Git ignores it, and @vscode/test-electron uses the same name. */
export const editorCache = path.join(projectRoot, '.vscode-test');

/** The application that `npm start` opens and that the tests copy. */
export const demoWorkspace = path.join(projectRoot, 'examples', 'orders');
