import type { Survey } from '../surveys/survey';

/** A trial run, and how many test answers it holds. */
export interface Trial {
  survey: Survey;
  answers: number;
}

/** What a survey promises or asks otherwise than a trial run of it did, in words. */
export function changedSince(survey: Survey, trial: Survey): string[] {
  const differs: [boolean, string][] = [
    [survey.versionId !== trial.versionId, 'the version of the questionnaire'],
    [survey.promise !== trial.promise, 'the promise'],
    [survey.threshold !== trial.threshold, 'the smallest group'],
    [sorted(survey.dimensions) !== sorted(trial.dimensions), 'what the report is broken down by'],
  ];
  return differs.filter(([differ]) => differ).map(([, what]) => what);
}

function sorted(codes: readonly string[]): string {
  return [...codes].sort().join();
}

/** The trial run that tries out a survey as it is now, if there is one; `trials` begin with the newest. */
export function trialAsItIs<T extends Pick<Trial, 'survey'>>(
  survey: Survey,
  trials: readonly T[],
): T | undefined {
  const [newest] = trials;
  return newest && changedSince(survey, newest.survey).length === 0 ? newest : undefined;
}
