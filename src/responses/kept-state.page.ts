import { type DraftCookie, idleMinutes } from './draft-cookie';
import type { Draw } from './shown-order';
import type { AskedSurvey } from './walk.page';

/** What a page tells its script: where answers are kept as they are given, and whose device this is. */
export interface KeptState {
  address: string;
  device: DraftCookie['device'];
  /** Of the draft when the page was made. */
  revision: number;
  /** Where a device of somebody's own finds what it needs to go on without a signal. */
  offline: string | null;
  /** Where a shared device is left that nobody uses any more. */
  leave: string;
  idleMinutes: number;
  /** Said by pages that were made on the device, for want of a signal. */
  noSignal?: string;
  /** Where they lead when all is sent; they stay where that is not said. */
  onwards?: string;
}

/** Another draft, version or language has another address: a device then knows that what it holds is out of date. */
export function keptState(
  { address, words, versionId }: AskedSurvey & { versionId: string },
  { device }: Pick<DraftCookie, 'device'>,
  revision: number,
  draw: Draw,
): KeptState {
  return {
    address,
    device,
    revision,
    offline: device === 'own' ? `${address}/offline?for=${versionId}.${draw}.${words.lang}` : null,
    leave: `${address}/idle`,
    idleMinutes,
  };
}
