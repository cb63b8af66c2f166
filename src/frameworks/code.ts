import { frameworkLimits } from './framework';

/** Names that a question, a facet or a form needs for itself. */
const taken = new Set([
  ...['profession', 'tier', 'setting', 'sector', 'employment', 'region', 'icb', 'band', 'organisation'],
  ...['_csrf', 'constructor', 'prototype', '__proto__'],
]);

/**
 * What keeps a text from being the code of a competency or domain, as a sentence; nothing when it may be one. Codes
 * name columns of files and questions of surveys, so they are short and plain.
 */
export function codeFault(code: string): string | undefined {
  if (code.length > frameworkLimits.code)
    return `The code must be ${frameworkLimits.code} characters or fewer`;
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/()-]*$/u.test(code)) {
    return 'A code begins with a letter or number and holds letters, numbers, spaces and . _ / ( ) - only';
  }
  if (code.includes('__')) return 'A code cannot hold two underscores together';
  if (taken.has(code.toLowerCase())) return `“${code}” is used by surveys themselves. Choose another code`;
  return undefined;
}
