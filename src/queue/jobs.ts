/**
 * Every background job and what it is about. Payloads are ids and nothing else: what is to be done stands in the
 * database, so a lost, doubled or late job costs time and never truth.
 */
export interface Jobs {
  /** Counts the responses to a survey that its tallies do not hold yet, and puts what was written with the other texts. */
  fold: { surveyId: string };
  /** Rewrites a survey's anonymous responses and spent invitations in an order that joins them to nobody. */
  shuffle: { surveyId: string };
  /** Adds the people of a list that was brought in to those who are invited. */
  contacts: { importId: string };
  /** Sends the next of a mailing's messages. */
  mail: { mailingId: string };
  /** Works out a report that somebody asked for, until it can be looked over and published. */
  release: { releaseId: string };
  /** Makes a file that somebody asked for. */
  file: { fileId: string };
  /** Sends the e-mails about reports that wait: invitations, mentions, digests. */
  letters: Record<string, never>;
  /** Makes the digests that are due, of what is new at each report. */
  digests: Record<string, never>;
  /** Destroys what is past its day. */
  retention: Record<string, never>;
  /** Asks what has come back of the e-mails that were accepted. */
  returned: Record<string, never>;
  /** Asks for whatever is still undone, in case the queue forgot it. */
  sweep: Record<string, never>;
}

export type JobName = keyof Jobs;

/** What each job does: one entry for every name, or it does not compile. */
export type JobHandlers = { [N in JobName]: (payload: Jobs[N]) => Promise<void> };
