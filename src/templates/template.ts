import type { FrameworkSource } from '../frameworks/framework';
import type { GapSources } from '../questionnaires/generation';
import type { Survey } from '../surveys/survey';
import type { OfferDetails } from '../training/offer';

/** A scenario that ships with the product, as its data file holds it. */
export interface Template {
  key: string;
  scenario: string;
  title: string;
  purpose: string;
  /** Which kind of published framework a lead would bring in its place. */
  replaceWith: string;
  framework: FrameworkSource;
  questionnaire: {
    title: string;
    introduction: string[];
    thanks: string;
    facets: string[];
    facetChoices: Record<string, string[]>;
    gapSources?: GapSources;
  };
  /** Made-up offers; `teaches` gives the levels they bring people to, by the competency's code. */
  training: (OfferDetails & { teaches: Record<string, number> })[];
  survey: Pick<Survey, 'code' | 'name' | 'promise' | 'dimensions' | 'threshold'>;
}
