import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json, whether the code runs from src or from dist. */
export const projectRoot = findRoot(__dirname);

/** An absolute path from words relative to the project's root. */
export function fromRoot(...parts: string[]): string {
  return path.join(projectRoot, ...parts);
}

function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}
