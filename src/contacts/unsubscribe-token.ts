import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../platform/secrets';
import { normalisedAddress } from './address';

/** An address as an organisation knows it: by its keyed hash. */
export interface KnownAddress {
  organisationId: string;
  addressHash: Buffer;
}

/** What an address is known by on lists and among those who are not to be written to. */
export function addressHash(secret: string, address: string): Buffer {
  return keyedHash(secret, 'address', normalisedAddress(address));
}

const idBytes = 16;
const hashBytes = 32;
const signatureBytes = 32;

/**
 * Where somebody says that an organisation is not to write to them. The address itself says who and which organisation,
 * signed, so that it works without a table, and when the list they were on has long been deleted. It opens no answers.
 */
export function unsubscribeAddress(
  { config, secret }: { config: { baseUrl: string }; secret: string },
  known: KnownAddress,
): string {
  return `${config.baseUrl}/unsubscribe/${unsubscribeToken(secret, known)}`;
}

export function unsubscribeToken(secret: string, { organisationId, addressHash }: KnownAddress): string {
  const said = Buffer.concat([Buffer.from(organisationId.replaceAll('-', ''), 'hex'), addressHash]);
  return Buffer.concat([said, signature(secret, said)]).toString('base64url');
}

/** Whom a token is about; undefined where we did not make it. */
export function readUnsubscribeToken(secret: string, token: string): KnownAddress | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Letters that a decoder passes over would make two texts of one.
  if (bytes.length !== idBytes + hashBytes + signatureBytes || bytes.toString('base64url') !== token) {
    return undefined;
  }
  const said = bytes.subarray(0, idBytes + hashBytes);
  if (!timingSafeEqual(bytes.subarray(idBytes + hashBytes), signature(secret, said))) return undefined;
  const id = said.subarray(0, idBytes).toString('hex');
  return {
    organisationId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    addressHash: said.subarray(idBytes),
  };
}

function signature(secret: string, said: Buffer): Buffer {
  return keyedHash(secret, 'unsubscribe', said.toString('base64url'));
}
