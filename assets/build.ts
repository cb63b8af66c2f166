// Makes what browsers fetch: styles, scripts and images under names that hold a hash of their content, each also
// compressed. `npm start` runs this every time, so it does nothing when nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import ejs from 'ejs';
import type { Plugin } from 'esbuild';

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

async function build(): Promise<void> {
  const started = performance.now();
  const inputs = hashOfInputs();
  if (inputs === readIfThere(inputsFile)) return;

  mkdirSync(assetsDir, { recursive: true });
  rmSync(inputsFile, { force: true });
  const manifest: Record<string, string> = {};
  const written = new Set<string>();

  function publish({ file, contents }: Asset, name?: string): string {
    const suffixes = ['', ...Object.keys(compressions)];
    // A name holds the hash of its content, so a file of this name is this file; the smallest form takes seconds to make.
    if (!suffixes.every((suffix) => existsSync(path.join(assetsDir, file + suffix)))) {
      writeFileSync(path.join(assetsDir, file), contents);
      for (const [suffix, compress] of Object.entries(compressions)) {
        writeFileSync(path.join(assetsDir, file + suffix), compress(contents));
      }
    }
    for (const suffix of suffixes) written.add(file + suffix);
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
  const scripts = await bundleScripts();
  for (const { isEntry, ...script } of scripts) publish(script, isEntry ? 'app.js' : undefined);
  const forRespondents = scripts.filter((script) => script.isForRespondents);
  for (const { name, contents } of await bundleOffline(forRespondents.map(({ file }) => `/assets/${file}`))) {
    publish(hashed(name, contents), name);
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
  hash.update(
    `${dependencies['nhsuk-frontend']} ${dependencies.ejs} ${dependencies['survey-core']} ${devDependencies.sass} ${devDependencies.esbuild}`,
  );
  // The worker for devices without a signal is made of the server's own code and views.
  const folders = [sources, ...['src', 'views'].map((folder) => path.join(root, folder))];
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  const names = files
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of names.sort()) {
    hash.update(`\n${path.relative(root, file)}\n`).update(readFileSync(file));
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

/** Parts of the script that only staff's pages fetch. */
const staffParts = [
  'builder',
  'header',
  'live-figures',
  'matrix',
  'notification-banner',
  'password-input',
  'routing',
  'scroll',
  'tabs',
];

async function bundleScripts(): Promise<(Asset & { isEntry: boolean; isForRespondents: boolean })[]> {
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
  return outputFiles.map((output) => {
    const { entryPoint = '' } = metafile.outputs[path.relative(root, output.path)]!;
    return {
      file: path.basename(output.path),
      contents: Buffer.from(output.contents),
      isEntry: entryPoint === `assets/scripts/${entryScript}`,
      isForRespondents: !staffParts.includes(path.parse(entryPoint).name),
    };
  });
}

/**
 * What a device of somebody's own answers with when there is no signal: the server's own routes and views, so that both
 * ask and keep the same. What decides conditions is large and fetched only where there are any.
 */
async function bundleOffline(respondentScripts: string[]): Promise<{ name: string; contents: Buffer }[]> {
  const esbuild = await import('esbuild');
  const folder = path.join(sources, 'offline');
  const instead: Record<string, string> = {
    express: 'router.ts',
    'survey-core': 'conditions.ts',
    './icons': 'no-icons.ts',
    './words-welsh': 'no-words.ts',
  };
  const bundle = async (entry: string, plugins: Plugin[]) => {
    const { outputFiles } = await esbuild.build({
      entryPoints: [path.join(folder, entry)],
      absWorkingDir: root,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2020',
      legalComments: 'none',
      // Views read their locals by `with`, which strict scripts know nothing of.
      tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
      define: { respondentScripts: JSON.stringify(respondentScripts) },
      plugins,
      write: false,
    });
    return Buffer.from(outputFiles[0]!.contents);
  };
  const forWorker: Plugin = {
    name: 'for the worker',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(express|survey-core|\.\/icons|\.\/words-welsh)$/ }, ({ path: asked }) => ({
        path: path.join(folder, instead[asked]!),
      }));
      onResolve({ filter: /^compiled-views$/ }, ({ path: asked }) => ({ path: asked, namespace: 'views' }));
      onLoad({ filter: /.*/, namespace: 'views' }, () => ({ contents: compileViews() }));
    },
  };
  return [
    { name: 'worker.js', contents: await bundle('worker.ts', [forWorker]) },
    { name: 'conditions.js', contents: await bundle('library.ts', []) },
  ];
}

const offlineViews = [
  's/start',
  's/page',
  's/check',
  's/answered',
  's/submitted',
  's/waiting',
  's/forgotten',
];
/** Named by the fields of a page, not by its view. */
const fieldComponents = ['radios', 'checkboxes', 'select', 'input', 'characterCount', 'dateInput'];

/** The views a worker prints, and what they include, as functions. */
function compileViews(): string {
  const views = new Map<string, string>();
  const components = new Map<string, string>();
  const addComponent = (name: string): void => {
    if (components.has(name)) return;
    const file = `components/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const { code, text } = compileView(file, {
      _with: false,
      destructuredLocals: ['p', 'c', 'h'],
      rmWhitespace: true,
    });
    components.set(name, code);
    for (const [, used] of text.matchAll(/\bc\.(\w+)\(/g)) addComponent(used!);
    // What helpers print for any field.
    if (text.includes('h.field(')) for (const used of ['hint', 'errorMessage', 'label']) addComponent(used);
    if (text.includes('h.labelFor(')) addComponent('label');
  };
  const addView = (name: string): void => {
    if (views.has(name)) return;
    const { code, text } = compileView(name, {});
    views.set(name, code);
    for (const [, used] of text.matchAll(/\bc\.(\w+)\(/g)) addComponent(used!);
    for (const [, included] of text.matchAll(/\binclude\('([^']+)'/g)) {
      addView(path.posix.join(path.posix.dirname(name), included!));
    }
  };
  for (const view of offlineViews) addView(view);
  for (const component of fieldComponents) addComponent(component);
  const listed = (functions: Map<string, string>) =>
    [...functions].map(([name, code]) => `${JSON.stringify(name)}: ${code}`).join(',\n');
  return `exports.views = {${listed(views)}};\nexports.components = {${listed(components)}};\n`;
}

function compileView(name: string, options: ejs.Options): { code: string; text: string } {
  const text = readFileSync(path.join(root, 'views', `${name}.ejs`), 'utf8');
  const template = new ejs.Template(text, { ...options, compileDebug: false });
  template.compile();
  return { code: `function (locals, escapeFn, include, rethrow) {${template.source}}`, text };
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

const compressions: Record<string, (contents: Buffer) => Buffer> = {
  '.br': (contents) => zlib.brotliCompressSync(contents),
  '.gz': (contents) => zlib.gzipSync(contents, { level: 9 }),
};

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

build();
