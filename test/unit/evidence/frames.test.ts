import assert from 'node:assert/strict';
import { Frames } from '../../../src/evidence/cpuProfile/frames';

const frames = new Frames(['/C:/projects/app'], []);
const kindOf = (url: string) => frames.kindOf({ functionName: 'f', scriptId: '1', url, lineNumber: 0, columnNumber: 0 });

describe('the frames of a profile that was taken on Windows', () => {
  it('are told apart by their URLs: a drive is no host, and a query is no name', () => {
    assert.deepEqual(kindOf('file:///C:/projects/app/src/a%20b.ts?v=1'), { kind: 'workspace', path: '/C:/projects/app/src/a b.ts' });
    assert.equal(frames.relative('/C:/projects/app/src/a b.ts'), 'src/a b.ts');
    assert.equal(kindOf('file:///D:/other/src/a.ts').kind, 'other');
  });

  it('with backslashes are no code of a workspace with slashes, and cost nothing else', () => {
    assert.deepEqual(kindOf('C:\\projects\\app\\src\\a.js'), { kind: 'other', file: 'C:\\projects\\app\\src\\a.js', name: 'f' });
    assert.deepEqual(kindOf('file://server/share/app/a.ts'), { kind: 'other', file: 'file://server/share/app/a.ts', name: 'f' });
  });

  it('are grouped by their package', () => {
    assert.deepEqual(kindOf('file:///C:/projects/app/node_modules/@scope/name/lib/a.js'), { kind: 'other', file: 'node_modules/@scope/name', name: '' });
    assert.equal(kindOf('file:///C:/projects/app/node_modules/tsx/dist/loader.mjs').kind, 'loading');
  });
});
