/** Whatever people discuss and approve. The engine knows no more of it than this. */
export interface Subject {
  kind: 'questionnaire' | 'report';
  id: string;
}

/** A part of a subject: its name there ('' is the whole), and its title at the time. */
export interface SubjectPlace {
  name: string;
  title: string;
}

/** A state of a subject: what it says, and a text that is the same only where that is. */
export interface SubjectState {
  revision: string;
  content: unknown;
}

export const discussionLimits = {
  comment: 5000,
  note: 1000,
  placeTitle: 300,
  threads: 500,
  commentsPerThread: 200,
  approvals: 10,
} as const;
