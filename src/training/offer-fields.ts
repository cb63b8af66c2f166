import { z } from 'zod';
import type { AudienceCodes } from './audience';
import { offerKinds, offerLimits, offerModes, offerStatuses } from './offer';

/**
 * How each field of an offer is read, typed in a form or written in a file. Lists may be one value, as browsers send
 * them. `known` are the codes its audience may name.
 */
export function offerFields(known: AudienceCodes) {
  return {
    title: line('the title of the training', 'The title', offerLimits.title),
    provider: line('who provides the training', 'The provider', offerLimits.provider),
    kind: z.enum(offerKinds, { error: 'Select what kind of training it is' }),
    mode: z.enum(offerModes, { error: 'Select how it is taught' }),
    status: z.enum(offerStatuses, { error: 'Select whether it exists or is planned' }),
    hours: amount(
      /^\d{1,5}(\.\d{1,2})?$/,
      offerLimits.hours,
      'Enter the duration as hours from 0 to 10,000, such as 1.5',
    ),
    cost: amount(
      /^\d{1,7}(\.\d{1,2})?$/,
      offerLimits.cost,
      'Enter the cost in pounds from 0 to 1,000,000, such as 250 or 99.50',
    ),
    places: amount(/^\d{1,7}$/, offerLimits.places, 'Enter the places as a whole number from 0 to 1,000,000'),
    url: webAddress,
    professions: codes(known.professions, 'profession'),
    regions: codes(known.regions, 'region'),
  };
}

/** One line of text: what separates words becomes one space, what cannot be seen goes. */
function line(what: string, name: string, longest: number) {
  return z
    .string({ error: `Enter ${what}` })
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}` })
        .max(longest, { error: `${name} must be ${longest} characters or fewer` }),
    );
}

/** A number, or nothing where it is not known. Pound signs and thousands commas are let through. */
function amount(pattern: RegExp, most: number, sentence: string) {
  return z
    .string({ error: sentence })
    .default('')
    .transform((text) => text.replace(/^\s*£/, '').replace(/,(?=\d{3}(\D|$))|\s/g, ''))
    .refine((text) => text === '' || (pattern.test(text) && Number(text) <= most), { error: sentence })
    .transform((text) => (text === '' ? null : Number(text)));
}

const webAddress = z
  .string({ error: 'Enter one web address' })
  .trim()
  .default('')
  .refine((text) => text === '' || isWebAddress(text), {
    error: 'Enter a web address that begins with https:// or http://',
  })
  .refine((text) => text.length <= offerLimits.url, {
    error: 'The web address must be 2,000 characters or fewer',
  });

/** Only http and https, and no name before an @, which could pass for the site's. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

function codes(known: ReadonlySet<string>, what: string) {
  return z
    .union([z.string(), z.array(z.string())], { error: `Select each ${what} from the list` })
    .default([])
    .transform((chosen) => [...new Set([chosen].flat().filter(Boolean))])
    .refine((chosen) => chosen.every((code) => known.has(code)), {
      error: `Select each ${what} from the list`,
    });
}
