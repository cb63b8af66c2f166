// Makes what browsers fetch: styles, scripts and images under names that hold a hash of their content, each also
// compressed. `npm start` runs this every time, so it does nothing when nothing has changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const root = process.cwd();
const sources = path.join(root, 'assets');
const designSystem = path.join(root, 'node_modules/nhsuk-frontend/dist/nhsuk');
const publicDir = path.join(root, 'dist/public');
const assetsDir = path.join(publicDir, 'assets');
const inputsFile = path.join(publicDir, 'inputs.txt');

const entryScript = 'app.ts';
const stylesheets = ['respondent', 'staff'];

interface Asset {
  file: string;
  contents: Buffer;
}

build();

async function build(): Promise<void> {
  const started = performance.now();
  const inputs = hashOfInputs();
  if (inputs === readIfThere(inputsFile)) return;

  mkdirSync(assetsDir, { recursive: true });
  rmSync(inputsFile, { force: true });
  const manifest: Record<string, string> = {};
  const written = new Set<string>();

  function publish({ file, contents }: Asset, name?: string): string {
    for (const [suffix, bytes] of variantsOf(contents)) {
      writeFileSync(path.join(assetsDir, file + suffix), bytes);
      written.add(file + suffix);
    }
    if (name) manifest[name] = `/assets/${file}`;
    return `/assets/${file}`;
  }

  const publishImage = (folder: string, name: string): string =>
    publish(hashed(name, readFileSync(path.join(folder, name))), name);

  for (const image of readdirSync(path.join(sources, 'images'))) {
    publishImage(path.join(sources, 'images'), image);
  }
  for (const name of stylesheets) {
    const css = (await compileStyles(name)).replaceAll(/\/assets\/images\/([\w.-]+)/g, (_, image: string) =>
      publishImage(path.join(designSystem, 'assets/images'), image),
    );
    refuseForeign(`${name}.css`, css);
    publish(hashed(`${name}.css`, Buffer.from(css)), `${name}.css`);
  }
  for (const { isEntry, ...script } of await bundleScripts()) {
    publish(script, isEntry ? 'app.js' : undefined);
  }

  // The manifest changes over when all it names is there; what no longer is named goes last.
  writeFileSync(path.join(publicDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of readdirSync(assetsDir)) {
    if (!written.has(file)) rmSync(path.join(assetsDir, file));
  }
  writeFileSync(inputsFile, inputs);
  console.error(
    `Built ${Object.keys(manifest).length} assets in ${Math.round(performance.now() - started)} ms`,
  );
}

/** Everything the result depends on: our sources, this file, and the versions of what is bundled and what bundles. */
function hashOfInputs(): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha256');
  hash.update(readFileSync(__filename));
  hash.update(`${dependencies['nhsuk-frontend']} ${devDependencies.sass} ${devDependencies.esbuild}`);
  const files = readdirSync(sources, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) {
    hash.update(`\n${path.relative(sources, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function compileStyles(name: string): Promise<string> {
  const sass = await import('sass');
  return sass.compile(path.join(sources, 'styles', `${name}.scss`), {
    loadPaths: [path.join(root, 'node_modules')],
    style: 'compressed',
  }).css;
}

async function bundleScripts(): Promise<(Asset & { isEntry: boolean })[]> {
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [path.join(sources, 'scripts', entryScript)],
    absWorkingDir: root,
    outdir: assetsDir,
    entryNames: '[name].[hash]',
    chunkNames: 'part.[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  return outputFiles.map((output) => ({
    file: path.basename(output.path),
    contents: Buffer.from(output.contents),
    isEntry:
      metafile.outputs[path.relative(root, output.path)]?.entryPoint === `assets/scripts/${entryScript}`,
  }));
}

/** Pages are served whole by us: a stylesheet that would fetch from elsewhere, a font say, does not get out. */
function refuseForeign(name: string, css: string): void {
  const foreign = /@import|@font-face|url\((?!["']?\/assets\/)[^)]*\)/i.exec(css);
  if (foreign) throw new Error(`${name} would load something that is not ours: ${foreign[0]}`);
}

function hashed(name: string, contents: Buffer): Asset {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
  return { file: `${stem}.${hash}${ext}`, contents };
}

function variantsOf(contents: Buffer): [string, Buffer][] {
  return [
    ['', contents],
    ['.br', zlib.brotliCompressSync(contents)],
    ['.gz', zlib.gzipSync(contents, { level: 9 })],
  ];
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
