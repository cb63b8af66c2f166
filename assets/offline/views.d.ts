/** The product's own views, compiled for the worker by assets/build.ts. */
declare module 'compiled-views' {
  type Render = (
    locals: object,
    escaped: (value: unknown) => string,
    include: (view: string, locals?: object) => string,
  ) => string;
  /** By their path beneath `views`: "s/page". */
  export const views: Record<string, Render>;
  /** By the name a page calls them: "radios". */
  export const components: Record<string, (locals: object, escaped: (value: unknown) => string) => string>;
}

/** Scripts that respondents' pages may fetch. */
declare const respondentScripts: string[];
