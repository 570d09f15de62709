'use strict';
const { isCalledFrom } = require('./callers.cjs');
const { recorder } = require('./recorder.cjs');

const WRAPPED = Symbol('wrapped by Performance Engineer');

/** Replaces a method where it is defined: on the object itself or up its prototypes. Does nothing where there is none. */
function replace(object, name, make) {
  let holder = object;
  while (holder && !Object.prototype.hasOwnProperty.call(holder, name)) holder = Object.getPrototypeOf(holder);
  const original = holder?.[name];
  if (typeof original !== 'function' || original[WRAPPED]) return;
  const wrapper = make(original);
  Object.defineProperty(wrapper, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true });
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(original));
  for (const key of Object.getOwnPropertySymbols(original)) {
    Object.defineProperty(wrapper, key, Object.getOwnPropertyDescriptor(original, key));
  }
  wrapper[WRAPPED] = true;
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  if (descriptor.writable || descriptor.configurable) Object.defineProperty(holder, name, { ...descriptor, value: wrapper });
}

/** For a method that blocks. `shapeOf` gets the object and the arguments. */
exports.wrapSync = function wrapSync(object, name, category, library, shapeOf) {
  replace(object, name, (original) => function (...args) {
    return recorder.timeSync(category, library, () => shapeOf(this, args), original, this, args);
  });
};

/**
 * For a method that is waited for: by its promise, by the callback it is given last, or by the 'end' of what it returns.
 * Calls out of files that match `notFrom` are a library's own, and counted where it was entered.
 */
exports.wrapAsync = function wrapAsync(object, name, category, library, shapeOf, notFrom) {
  replace(object, name, (original) => function (...args) {
    if (recorder.isInside || (notFrom && isCalledFrom(notFrom))) return Reflect.apply(original, this, args);
    const end = recorder.start(category, library, shapeOf(this, args));
    const callback = args.at(-1);
    const hasCallback = typeof callback === 'function';
    if (hasCallback) {
      args[args.length - 1] = function (...results) {
        end();
        return Reflect.apply(callback, this, results);
      };
    }
    try {
      const result = Reflect.apply(original, this, args);
      return hasCallback ? result : endsWith(result, end);
    } catch (error) {
      end();
      throw error;
    }
  });
};

function endsWith(result, end) {
  // mysql2's commands are emitters whose `then` only complains.
  if (typeof result?.once === 'function') result.once('end', end).once('close', end);
  else if (typeof result?.then === 'function') result.then(end, end);
  return result;
}

exports.replace = replace;
exports.endsWith = endsWith;
