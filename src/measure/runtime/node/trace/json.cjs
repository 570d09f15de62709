'use strict';
const { wrapSync } = require('./wrap.cjs');

/** "JSON.parse of about 1 MB": how much it was, to the power of ten. */
function shapeOf(name, characters) {
  const size = characters >= 1e6 ? `${magnitude(characters / 1e6)} MB` : characters >= 1000 ? `${magnitude(characters / 1000)} kB` : 'less than 1 kB';
  return `${name} of about ${size}`;
}

function magnitude(value) {
  return 10 ** Math.floor(Math.log10(value));
}

exports.recordJson = function recordJson() {
  wrapSync(JSON, 'parse', 'serialisation', 'JSON', (_json, [text]) => shapeOf('JSON.parse', String(text).length));
  wrapSync(JSON, 'stringify', 'serialisation', 'JSON', () => 'JSON.stringify');
};
