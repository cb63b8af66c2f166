import { z } from 'zod';
import { surveyCode, surveyName, surveyPromise } from './settings.form';

/** What a survey begins with; the rest stands among its settings. */
export const preparationForm = z.object({ name: surveyName, code: surveyCode, promise: surveyPromise });

/** What a repeat is called. */
export const repeatForm = z.object({ name: surveyName, code: surveyCode });
