// Asks the registry what is known to be wrong with the packages of the product. It is red only for what is serious, has an answer
// from the registry, and is not in the list below; a registry that does not answer is said in one line.
const { spawnSync } = require('node:child_process');

/** Advisories that do not touch us, by their address, with the reason. */
const exceptions = {};
const serious = ['high', 'critical'];

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 120_000,
});
const report = parsed(stdout);
if (!report?.vulnerabilities) {
  console.log('Advisories: not checked, because the registry does not answer such questions.');
} else {
  const advisories = Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via === 'object' && !(via.url in exceptions));
  const bad = advisories.filter(({ severity }) => serious.includes(severity));
  console.log(`Advisories: ${advisories.length} known, ${bad.length} of them serious.`);
  for (const { name, severity, title, url } of bad) console.log(`${name}: ${severity}: ${title} (${url})`);
  if (bad.length > 0) process.exitCode = 1;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
