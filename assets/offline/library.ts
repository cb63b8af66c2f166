import { ConditionRunner } from 'survey-core';

(globalThis as unknown as { surveyConditions: unknown }).surveyConditions = ConditionRunner;
