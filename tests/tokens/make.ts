import { operator } from '../../src/audit/actor';
import { createToken } from '../../src/tokens/tokens.commands';
import type { World } from '../support/world';

/** A token to read reports with as this account. */
export async function makeToken({ services }: World, email: string, days = 90): Promise<string> {
  const wish = { email, name: 'For a test', scopes: ['reports:read'] as const, days };
  return (await createToken(services, operator, wish)).token;
}
