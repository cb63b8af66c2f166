import { competenciesIn } from '../frameworks/content';
import type { Place } from '../frameworks/editing.page';
import type { FrameworkContent } from '../frameworks/framework';
import type { Page } from '../web/layout';
import { crumbsToCrosswalk, levelsBox, pathOf, type Sides, scaleNote, sourceAddress } from './shared.page';
import { digestOf, levelMap, type TakeOver } from './take-over';

export interface PreviewPage extends Page {
  caption: string;
  sentences: string[];
  note: string | null;
  groups: {
    heading: string;
    isNew: boolean;
    rows: { from: string; title: string; as: string; twin: string }[];
  }[];
  action: string;
  seen: string;
  levels: Record<string, unknown> | null;
  submit: string;
  cancel: { href: string; text: string };
}

/** What taking over everything not yet placed would add, before it is done. `plan` is with its required levels where they fit. */
export function previewPage(
  place: Place,
  { master, source }: Sides,
  plan: TakeOver,
  withLevels: TakeOver,
): PreviewPage {
  const { framework } = place;
  const count = plan.taken.length;
  const levels = withLevels.taken.reduce((sum, one) => sum + one.levels, 0);
  const fits = levelMap(source.framework.scale, master.framework.scale) !== undefined;
  const { competency, competencies, domain, domains } = framework.words;
  const newOnes = plan.newDomains.length;
  return {
    title: `Take over ${count} ${count === 1 ? competency : competencies}?`,
    caption: `${source.framework.title}, version ${source.framework.version}`,
    section: framework.title,
    audience: 'staff',
    breadcrumbs: [
      ...crumbsToCrosswalk(place),
      { href: sourceAddress(framework.id, source.framework.id), text: source.framework.title },
    ],
    sentences: [
      `They are copied into ${framework.title}, each linked to where it came from.${newOnes > 0 ? ` ${newOnes === 1 ? `One ${domain} is` : `${newOnes} ${domains} are`} made for them.` : ''}`,
      'Likely duplicates are added too: link those first. You can undo this until something else is changed.',
    ],
    note: fits ? null : scaleNote(source.framework, framework),
    groups: groupsOf(master, plan),
    action: `${sourceAddress(framework.id, source.framework.id)}/take-over`,
    seen: digestOf(plan),
    levels: levels > 0 ? levelsBox(false, levels) : null,
    submit: `Take over ${count} ${count === 1 ? competency : competencies}`,
    cancel: {
      href: sourceAddress(framework.id, source.framework.id),
      text: 'Back without taking anything over',
    },
  };
}

function groupsOf(master: FrameworkContent, plan: TakeOver): PreviewPage['groups'] {
  const paths = new Set(master.domains.map((domain) => pathOf(master.domains, domain)));
  const titles = new Map(competenciesIn(master.domains).map((one) => [one.title.trim().toLowerCase(), one]));
  const groups = new Map<string, PreviewPage['groups'][number]>();
  for (const { from, as, path } of plan.taken) {
    const heading = path.join(' > ');
    const group = groups.get(heading) ?? { heading, isNew: !paths.has(heading), rows: [] };
    const twin = titles.get(from.title.trim().toLowerCase());
    group.rows.push({
      from: from.code,
      title: from.title,
      as: as.code,
      twin: twin ? `Same title as ${twin.code}` : '',
    });
    groups.set(heading, group);
  }
  return [...groups.values()];
}
