import { roleDimension } from '../comparisons/comparison.form';
import type { NodeKey, ReleasedNode, ReleasedOffer } from '../releases/release';
import { selfRated } from '../reports/method-note';
import { groupAddress } from '../reports/report-addresses';
import type { ReportIndex } from '../reports/report-index';
import { type NavLink, reportNav } from '../reports/report-nav';
import { type AtReport, breadcrumbsFor } from '../reports/report-visit';
import { groupName, mergedInWords, respondentsInWords, withheldWords } from '../reports/report-words';
import type { Page } from '../web/layout';
import { audiencesOf, needsOf, openToGroup, taught } from './competency-need';
import { type GroupSelect, groupSelects, pageAddress } from './group-choice';
import { type Advice, adviceFor } from './guidance';
import { sharedPlaces } from './training.page';

export interface CommissioningPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  selfRated: string;
  form: { action: string; selects: GroupSelect[] };
  introduction: string[];
  groups: GroupAdvice[];
  withheld: { heading: string; names: string[] } | null;
  empty: string | null;
  training: { href: string; text: string };
}

interface GroupAdvice {
  id: string;
  heading: string;
  href: string;
  note: string;
  advice: Advice[];
  /** Said where there is nothing to commission first. */
  nothing: string | null;
  training: { href: string; text: string };
}

/** How many competencies a group is advised on. */
const most = 3;

/** What to commission for each group that is shown, profession by profession and setting by setting, in plain sentences. */
export function commissioningPage(
  at: AtReport,
  report: ReportIndex,
  key: NodeKey,
  offers: readonly ReleasedOffer[] | undefined,
): CommissioningPage {
  const { document } = report;
  const all = (offers ?? []).map(taught);
  const { shown, withheld } = groupsWithin(report, key);
  return {
    title: 'What to commission',
    section: document.survey.name,
    audience: 'staff',
    nav: reportNav(report.id, 'commissioning', at),
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: document.survey.name }),
    simulated: document.survey.simulated,
    selfRated,
    form: { action: `/reports/${report.id}/commissioning`, selects: groupSelects(document, key) },
    introduction: [
      `For each group the ${most} competencies in which most is missing: by people below the level required for whom there is no place, or by the share below where staff are not counted.`,
      sharedPlaces,
      ...(offers === undefined
        ? [
            'This report was made before training offers were kept with reports: what exists is not known here.',
          ]
        : []),
      ...mergedInWords(document.dimensions.flatMap(({ categories }) => categories)),
    ],
    groups: shown.map((node) => {
      const open = openToGroup(all, audiencesOf(document, node.key));
      const figured = document.items.map((item, place) => ({
        ...{ item, place },
        figure: report.figureAt(node, place),
      }));
      const advice = adviceFor(needsOf(figured, open).needs, most);
      return {
        id: `group-${node.place}`,
        heading: groupName(document, node.key),
        href: groupAddress(report, node.key),
        note: `${respondentsInWords(node)} answered`,
        advice,
        nothing:
          advice.length === 0
            ? 'Nothing that is shown of this group calls for more training than there is.'
            : null,
        training: {
          href: pageAddress(report.id, 'training', node.key),
          text: `Everything about training for ${groupName(document, node.key)}`,
        },
      };
    }),
    withheld:
      withheld.length === 0
        ? null
        : {
            heading: withheldWords,
            names: withheld.map((node) => groupName(document, node.key)),
          },
    empty: shown.length === 0 ? 'No group of this choice is shown.' : null,
    training: { href: pageAddress(report.id, 'training', key), text: 'Training map and unmet need' },
  };
}

/**
 * The groups to advise on: profession by setting where the report is broken down so; a profession of which no such group is shown as
 * a whole. Those withheld are named and never guessed from larger ones; where nobody answered there is nothing to say.
 */
export function groupsWithin(
  report: ReportIndex,
  key: NodeKey,
): { shown: ReleasedNode[]; withheld: ReleasedNode[] } {
  const { dimensions } = report.document;
  const role = roleDimension(dimensions) ?? dimensions[0];
  const setting = dimensions.find((dimension) => dimension.key === 'setting' && dimension !== role);
  const codesOf = (dimension: typeof role) => {
    if (!dimension) return [null];
    const chosen = key[dimension.key] ?? null;
    return chosen === null ? dimension.categories.map(({ code }) => code) : [chosen];
  };
  const nodes = codesOf(role).flatMap((code): ReleasedNode[] => {
    const margin = { ...key, ...(role ? { [role.key]: code } : {}) };
    if (!setting) return [report.nodeAt(margin)!];
    const cells = codesOf(setting).map((place) => report.nodeAt({ ...margin, [setting.key]: place })!);
    const isShown = cells.some(({ status }) => status === 'published');
    // A setting that was asked for is not answered for by all settings together.
    const whole = (key[setting.key] ?? null) === null ? [report.nodeAt(margin)!] : [];
    return isShown ? cells : [...whole, ...cells];
  });
  return {
    shown: nodes.filter(({ status }) => status === 'published'),
    withheld: nodes.filter(({ status }) => status === 'suppressed'),
  };
}
