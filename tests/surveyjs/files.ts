/** Definitions as SurveyJS writes them, each made when asked for. Names and words are ours. */
type Part = Record<string, unknown>;

/** Every kind of question that can be asked, in the words of the version, with conditions on all of them. */
export const surveyJsFiles: Record<string, () => Part> = {
  'version 1, with the old names': () => ({
    title: { default: 'Skills on the ward' },
    showQuestionNumbers: 'off',
    goNextPageAutomatic: true,
    pages: [
      {
        name: 'first',
        title: 'First',
        questions: [
          {
            type: 'radiogroup',
            name: 'role',
            choices: ['nurse|A nurse', { value: 'hca', text: { en: 'An assistant' } }],
          },
          { type: 'checkbox', name: 'shifts', choices: ['early', 'late'], hasNone: true, isRequired: true },
          { type: 'boolean', name: 'lead', label: 'Do you lead a team?' },
        ],
      },
      {
        name: 'second',
        title: 'Second',
        visibleIf: "{role} = 'nurse' && {shifts} contains 'late'",
        questions: [
          {
            type: 'matrix',
            name: 'how',
            title: 'How often?',
            columns: ['never', 'often|Often'],
            rows: [{ value: 'lift', text: 'Lifting' }, 'turn'],
            isAllRowRequired: true,
          },
          { type: 'comment', name: 'why', visibleIf: '{lead} == true || {role} empty', maxLength: 50 },
        ],
      },
      {
        name: 'third',
        title: 'Third',
        visibleIf: "{how.lift} = 'often' or {shifts} contains 'none'",
        questions: [{ type: 'rating', name: 'sure', rateValues: [0, 1, { value: 2, text: 'Very' }] }],
      },
      {
        name: 'fourth',
        title: 'Fourth',
        questions: [{ type: 'text', name: 'more', visibleIf: '{sure} > 0' }],
      },
    ],
  }),
  'version 1, without pages': () => ({
    questions: [
      { type: 'dropdown', name: 'ward', choices: [1, 2, 3], optionsCaption: 'Choose' },
      { type: 'text', name: 'job', maxLength: 20 },
    ],
  }),
  'version 2': () => ({
    title: 'Skills on the ward',
    logoPosition: 'right',
    maxTextLength: 300,
    pages: [
      {
        name: 'page1',
        title: 'One',
        elements: [
          {
            type: 'dropdown',
            name: 'years',
            choicesMin: 0,
            choicesMax: 10,
            choicesStep: 5,
            showNoneItem: true,
          },
          { type: 'tagbox', name: 'tags', choices: [{ value: 'a', text: 'A' }, 'b'], showDontKnowItem: true },
          {
            type: 'boolean',
            name: 'ever',
            title: 'Ever?',
            labelTrue: 'Ever',
            valueTrue: 'y',
            valueFalse: 'n',
          },
          { type: 'boolean', name: 'now', title: 'Now?', isRequired: true },
        ],
      },
      {
        name: 'page2',
        title: 'Two',
        elements: [
          {
            type: 'panel',
            name: 'outer',
            visibleIf: "{ever} = 'y' or {now} = false",
            elements: [
              { type: 'text', name: 'a' },
              {
                type: 'panel',
                name: 'inner',
                visibleIf: '{years} > 4 or {tags} notempty',
                elements: [{ type: 'comment', name: 'b', visibleIf: '!{now}', isRequired: true }],
              },
            ],
          },
          { type: 'rating', name: 'stars', rateMin: 0, rateMax: 10, rateCount: 11, rateType: 'stars' },
        ],
      },
      {
        name: 'page3',
        title: 'Three',
        elements: [{ type: 'comment', name: 'c', visibleIf: '{stars} >= 5 and {b} notempty' }],
      },
    ],
  }),
  'version 3': () => ({
    title: 'Skills on the ward',
    headerView: 'advanced',
    pages: [
      {
        name: 'page1',
        title: 'One',
        elements: [
          { type: 'buttongroup', name: 'place', choices: ['ward', 'home'], showRefuseItem: true },
          { type: 'radiogroup', name: '_csrf', title: 'A name of ours', choices: [1, 2] },
          { type: 'radiogroup', name: 'asked', valueName: 'kept', title: 'Kept', choices: ['x', 'y'] },
          {
            type: 'matrix',
            name: 'sure of',
            columns: [{ value: 1, text: 'Not' }, 2],
            rows: ["one's own", 'two'],
            showHeader: false,
          },
        ],
      },
      {
        name: 'page2',
        title: 'Two',
        elements: [
          { type: 'text', name: 'a', visibleIf: "{_csrf} = 2 and {kept} <> 'x'" },
          {
            type: 'text',
            name: 'b',
            visibleIf: "{sure of.one's own} = 2 or {place} anyof ['home', 'refused']",
          },
        ],
      },
    ],
  }),
};
