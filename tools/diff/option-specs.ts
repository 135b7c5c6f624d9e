/** The options of tools that check pipelines by running programs. */
export const checkOptionSpecs = {
  'check-inputs': {
    kind: 'value',
    metavar: 'N',
    doc: 'lists of inputs for every public function (12, two of each style)',
  },
  'check-style': {
    kind: 'list',
    metavar: 'STYLE,…',
    doc: 'how numbers are chosen: small, wide, edge, saturating, sparse, image; all in turn unless given',
  },
  'check-seed': { kind: 'value', metavar: 'S', doc: 'seed of the inputs (1)' },
  'check-data': { kind: 'list', metavar: 'DIR', doc: 'inputs from files input_0.pb|.npy, … instead; may be repeated' },
  'check-reduce': {
    kind: 'value',
    metavar: 'SECONDS',
    doc: 'what making a program smaller that shows a difference may take (20)',
  },
  report: {
    kind: 'value',
    metavar: 'FILE',
    doc: 'write a page on the run: the program after every pass side by side, with the values of its operations',
  },
  save: { kind: 'value', metavar: 'FILE', doc: 'write the reduced program that shows a difference, ready to run' },
} as const;
