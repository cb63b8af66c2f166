/** One thing that people write about in answer to a question. */
export interface Theme {
  id: string;
  question: string;
  title: string;
  /** What belongs to it and what does not; may be empty. */
  definition: string;
}

export type NewTheme = Pick<Theme, 'title' | 'definition'>;

/** How many themes a question has at most. */
export const mostThemes = 40;
