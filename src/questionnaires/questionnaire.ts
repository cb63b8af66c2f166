import type { Definition } from './definition';

/** A questionnaire in work; what is published from it is a version. */
export interface Questionnaire {
  id: string;
  projectId: string;
  frameworkId: string | null;
  title: string;
  definition: Definition;
  /** Counts its changes. */
  revision: number;
  changedAt: Date;
}

/** An immutable published state of a questionnaire. */
export interface QuestionnaireVersion {
  id: string;
  questionnaireId: string;
  number: number;
  publishedAt: Date;
}
