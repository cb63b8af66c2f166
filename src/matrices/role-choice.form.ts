import { z } from 'zod';
import {
  fewestRoles,
  letterOf,
  mostRoles,
  type RoleChoice,
  type RoleTerms,
  roleChoices,
} from './role-choice';
import { listings, passageName, type RoleView } from './role-view';

/** One line of the form: the words for whom and where, as they came in. Empty where nothing is chosen. */
export interface RoleLine {
  who: string;
  setting: string;
}

/**
 * The roles asked for, a line each: from the address a comparison is kept under, `role=rn_adult|gp_practice`, or from the
 * form's own fields.
 */
export function readRoleLines(query: Record<string, unknown>): RoleLine[] {
  if (query.role !== undefined) {
    return [query.role]
      .flat()
      .map((role) => lineOf(String(role)))
      .filter(isFilled);
  }
  return Array.from({ length: mostRoles }, (_, index) => ({
    who: textOf(query[`who-${index + 1}`]),
    setting: textOf(query[`setting-${index + 1}`]),
  }));
}

function lineOf(role: string): RoleLine {
  const bar = role.indexOf('|');
  if (bar < 0) return { who: role, setting: '' };
  const setting = role.slice(bar + 1);
  return { who: role.slice(0, bar), setting: setting === '*' ? '' : setting };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether anything was chosen at all. */
export function isAsked(lines: readonly RoleLine[]): boolean {
  return lines.some(isFilled);
}

function isFilled({ who, setting }: RoleLine): boolean {
  return who !== '' || setting !== '';
}

/** Two to five different roles, made of these terms. */
export function rolesForm(terms: RoleTerms): z.ZodType<RoleChoice[]> {
  return z
    .array(z.object({ who: z.string(), setting: z.string() }))
    .superRefine((lines, context) => {
      for (const [field, message] of faultsOf(lines, terms)) {
        context.addIssue({ code: 'custom', path: [field], message });
      }
    })
    .transform((lines) => roleChoices(terms, lines.filter(isFilled)));
}

/** What of the comparison is asked for. Of more than two roles only the way from the first to the second, or the page is long. */
export function readRoleView(query: Record<string, unknown>, roles: number): RoleView {
  const move = textOf(query.move);
  const usual = roles === 2 ? null : { from: 0, to: 1 };
  return {
    listing: listings.find((listing) => listing === query.show) ?? 'all',
    passage: move === 'all' ? null : (passageCalled(move, roles) ?? usual),
  };
}

/** "A-C": from the first to the third. */
function passageCalled(move: string, roles: number): RoleView['passage'] {
  const ways = Array.from({ length: roles }, (_, from) => from).flatMap((from) =>
    Array.from({ length: roles }, (_, to) => ({ from, to })),
  );
  return ways.find(({ from, to }) => from !== to && passageName({ from, to }) === move) ?? null;
}

/** A field and a sentence for everything that is wrong. */
function* faultsOf(lines: readonly RoleLine[], { who, settings }: RoleTerms): Iterable<[string, string]> {
  const filled = lines.filter(isFilled).length;
  if (filled > mostRoles) {
    yield [
      'form',
      `Compare up to ${mostRoles} roles. You selected ${filled}: the first ${mostRoles} are kept here`,
    ];
    return;
  }
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (!isFilled(line)) continue;
    const role = `role ${letterOf(index)}`;
    if (line.who === '') yield [`who-${index + 1}`, `Select whom ${role} is for`];
    else if (!who.has(line.who))
      yield [`who-${index + 1}`, `Select a profession or staff tier from the list for ${role}`];
    if (line.setting !== '' && !settings.has(line.setting)) {
      yield [`setting-${index + 1}`, `Select a setting from the list for ${role}`];
    }
    const same = seen.get(`${line.who}|${line.setting}`);
    if (same !== undefined && line.who !== '') {
      yield [
        `who-${index + 1}`,
        `Select another profession or setting for ${role}: it is the same as role ${letterOf(same)}`,
      ];
    }
    seen.set(`${line.who}|${line.setting}`, index);
  }
  if (filled < fewestRoles) {
    const empty = lines.findIndex((line) => !isFilled(line));
    yield [`who-${empty < 0 ? lines.length + 1 : empty + 1}`, 'Select at least two roles to compare'];
  }
}
