/** Tests share one embedded PostgreSQL, started by globalSetup; each worker clones its own database from a template. */
const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];
/** Packages without a CommonJS build, which Node can require and jest cannot. */
const modulesOnly =
  /[\\/]node_modules[\\/](?!(hucre|openid-client|oauth4webapi|jose|otpauth|@noble|oidc-provider|nanoid|eta|quick-lru|raw-body|koa|oidc-token-hash|object-hash)[\\/])/
    .source;

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  transform: { '\\.m?[jt]s$': swc },
  transformIgnorePatterns: [modulesOnly],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
};
