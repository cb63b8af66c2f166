import type { Page } from '../web/layout';
import { competencyMap, crossedMap, type HeatMap } from './heat-map';
import { type MapChoice, mapDomains, mapMeasures } from './map.form';
import { selfRated } from './method-note';
import { mapAddress } from './report-addresses';
import type { ReportIndex } from './report-index';
import { isTicked, reportMatrices } from './report-matrix';
import { type NavLink, reportNav } from './report-nav';
import { type AtReport, breadcrumbsFor } from './report-visit';
import { itemAndMeasure, measureName } from './report-words';

export interface MapPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  selfRated: string;
  /** The maps there are. */
  tabs: { href: string; text: string; current: boolean }[];
  action: string;
  /** The choices of this map, each with its options. */
  choices: { name: string; label: string; items: { value: string; text: string; selected: boolean }[] }[];
  maps: HeatMap[];
}

/** A map of a report: what was asked by one dimension, or one of the things asked by two. */
export function mapPage(at: AtReport, report: ReportIndex, choice: MapChoice): MapPage {
  const { survey } = report.document;
  const maps =
    choice.kind === 'one'
      ? [crossedMap(report, choice.item, choice)]
      : reportMatrices(report)
          .filter(({ dimension, measure }) => dimension.key === choice.by && measure === choice.measure)
          .map((matrix, place) => competencyMap(report, matrix, { ...choice, id: `map-${place + 1}` }));
  return {
    title: titleOf(report, choice),
    section: survey.name,
    audience: 'staff',
    wide: true,
    nav: reportNav(report.id, 'report', at),
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: survey.name }),
    simulated: survey.simulated,
    selfRated,
    tabs: mapTabs(report, choice),
    action: `/reports/${report.id}/map`,
    choices: choice.kind === 'one' ? choicesOfOne(report, choice) : choicesOfCompetencies(report, choice),
    maps,
  };
}

function titleOf({ document }: ReportIndex, choice: MapChoice): string {
  if (choice.kind === 'one') return itemAndMeasure(document.items[choice.item]!);
  const { label } = document.dimensions.find(({ key }) => key === choice.by)!;
  return `${choice.measure === 'level' ? 'Gaps' : measureName(choice.measure)} by ${label.toLowerCase()}`;
}

/** The maps of a report: one for each dimension; for one thing asked, where there are two dimensions. */
export function mapTabs(report: ReportIndex, choice?: MapChoice): MapPage['tabs'] {
  const { dimensions, items } = report.document;
  const isBy = (key: string) => choice?.kind === 'competencies' && choice.by === key;
  const first = items.findIndex(({ measure }) => !isTicked(measure));
  return [
    ...dimensions.map(({ key, label }) => ({
      href: mapAddress(report, { by: key }),
      text: `By ${label.toLowerCase()}`,
      current: isBy(key),
    })),
    ...(dimensions.length > 1 && first >= 0
      ? [
          {
            href: mapAddress(report, { competency: first + 1 }),
            text: 'One competency',
            current: choice?.kind === 'one',
          },
        ]
      : []),
  ];
}

type Choices = MapPage['choices'];

function choicesOfCompetencies(
  { document }: ReportIndex,
  choice: MapChoice & { kind: 'competencies' },
): Choices {
  const measures = mapMeasures(document);
  const domains = mapDomains(document);
  return [
    selectOf(
      'by',
      'By',
      choice.by,
      document.dimensions.map(({ key, label }) => [key, label]),
    ),
    ...(measures.length > 1
      ? [
          selectOf(
            'measure',
            'What was asked',
            choice.measure,
            measures.map((one) => [one, measureName(one)]),
          ),
        ]
      : []),
    selectOf('sort', 'Order', choice.sort, [
      ['framework', 'As in the framework'],
      ['gap', choice.measure === 'level' ? 'Largest gap first' : 'Highest first'],
    ]),
    ...(domains.length > 1
      ? [
          selectOf('domain', 'Domain', choice.domain ?? '', [
            ['', 'All domains'],
            ...domains.map(({ code, title }): [string, string] => [code, title]),
          ]),
        ]
      : []),
  ];
}

function choicesOfOne({ document }: ReportIndex, choice: MapChoice & { kind: 'one' }): Choices {
  const dimensions = document.dimensions.map(({ key, label }): [string, string] => [key, label]);
  return [
    selectOf(
      'competency',
      'Competency',
      String(choice.item + 1),
      document.items.flatMap((item, place): [string, string][] =>
        isTicked(item.measure) ? [] : [[String(place + 1), itemAndMeasure(item)]],
      ),
    ),
    selectOf('rows', 'Down', choice.rows, dimensions),
    selectOf('columns', 'Across', choice.columns, dimensions),
  ];
}

function selectOf(
  name: string,
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
): Choices[number] {
  return {
    ...{ name, label },
    items: options.map(([option, text]) => ({ value: option, text, selected: option === value })),
  };
}
