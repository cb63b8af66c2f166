import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';

// What `npm run build` left in dist/public: a manifest of names, and files whose names hold a hash of their content.

export interface Assets {
  /** The address of an asset by its plain name: 'app.js' -> '/assets/app.WOS7J4KO.js'. */
  path(name: string): string;
}

const neededByEveryPage = ['app.js', 'favicon.svg', 'respondent.css', 'staff.css'];

/** Reads the manifest. What is missing stops the start, and is named. */
export function loadAssets(publicDir: string): Assets {
  const manifest = readManifest(path.join(publicDir, 'manifest.json'));
  const assets: Assets = {
    path(name) {
      const address = manifest.get(name);
      if (!address) throw new Error(`There is no asset "${name}" in ${publicDir}. Has it been built?`);
      return address;
    },
  };
  for (const name of [...neededByEveryPage, ...manifest.keys()]) {
    const file = path.join(publicDir, assets.path(name));
    if (!existsSync(file)) throw new Error(`The asset "${name}" is in the manifest, but ${file} is missing.`);
  }
  return assets;
}

function readManifest(file: string): Map<string, string> {
  if (!existsSync(file)) throw new Error(`${file} is missing. Run: npm run build`);
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
}

const encodings = { br: '.br', gzip: '.gz' } as const;

/**
 * Serves the assets from memory, each for ever, for another content has another name. Only what was there at the start
 * can be asked for, so no path leads anywhere else.
 */
export function serveAssets(publicDir: string): RequestHandler {
  const files = readFiles(path.join(publicDir, 'assets'));
  return (req, res, next) => {
    const name = req.path.slice(1);
    const plain = isCompressed(name) ? undefined : files.get(name);
    if (!plain || (req.method !== 'GET' && req.method !== 'HEAD')) {
      next();
      return;
    }
    res.set('Cache-Control', 'public, max-age=31536000, immutable');
    res.vary('Accept-Encoding');
    res.type(path.extname(name));
    for (const [encoding, suffix] of Object.entries(encodings)) {
      const compressed = files.get(name + suffix);
      if (compressed && req.acceptsEncodings(encoding)) {
        res.set({ 'Content-Encoding': encoding, ETag: `"${name}${suffix}"` }).send(compressed);
        return;
      }
    }
    res.set('ETag', `"${name}"`).send(plain);
  };
}

function readFiles(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]));
}

function isCompressed(name: string): boolean {
  return Object.values(encodings).some((suffix) => name.endsWith(suffix));
}
