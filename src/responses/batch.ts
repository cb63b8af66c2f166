/** The tools whose exports we can read; `own` is the Responses CSV. */
export const tools = ['own', 'microsoft forms', 'limesurvey', 'surveymonkey', 'other'] as const;
export type Tool = (typeof tools)[number];

/** Answers that came in together, collected elsewhere. */
export interface NewBatch {
  surveyId: string;
  tool: Tool;
  fileName: string;
  responses: number;
  /** Who brought them in; null at the command line. */
  accountId: string | null;
  importedAt: Date;
}

export interface Batch extends Omit<NewBatch, 'accountId'> {
  id: string;
  /** The e-mail address of who brought them in; null at the command line. */
  by: string | null;
}
