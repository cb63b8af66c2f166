// Stands for survey-core in the worker: the library is fetched and read only when a condition is to be decided here.

interface Runner {
  runValues(values: object): unknown;
}
type RunnerClass = new (expression: string) => Runner;

const world = self as unknown as { surveyConditions?: RunnerClass; offline: { library: string | null } };

export function fetchLibrary(): void {
  const { library } = world.offline;
  if (library !== null && !world.surveyConditions) {
    (self as unknown as WorkerGlobalScope).importScripts(library);
  }
}

export class ConditionRunner {
  private readonly runner: Runner;

  constructor(expression: string) {
    fetchLibrary();
    this.runner = new world.surveyConditions!(expression);
  }

  runValues(values: object): unknown {
    return this.runner.runValues(values);
  }
}
