// Why a seeded change that survives is none, or is seen elsewhere. Invariant: a survivor without a row here is a failure of the run. It does not
// decide which survive.

/** Changes that validation accepts, each then run and found to compute the same without a race. */
// prettier-ignore
export const HARMLESS: Readonly<Record<string, string>> = {
  'a missing barrier':            'before a tile is filled for the first time, nothing has read it',
  'statements in the wrong order': 'the two do not need each other',
  'a statement in the wrong block': 'it is the same for every turn, or the turns before it do not read it',
  'a state that is set twice':    'the value does not read the state',
  'a tile size that is none':     'a size of 1 more, in a kernel that declares no array of it, is another tile size: every one is right',
  'a loop does not carry a variable': 'no turn changes it',
  'swapped branches':             'both branches are the same where the condition is met',
  'another variable is read':     'both hold the same',
  'another variable is set':      'both hold the same',
  'an element is read at another index': 'both elements are the same',
  'another index in an address':  'the axis has one element',
  'a size is taken as a number':  'nothing reads it',
  'another integer in an address': 'both are the same',
  'a wrong neutral value':        'the value is multiplied by 0',
  'slots past the end':           'there are none: the guard is always met',
  'lanes put past the end':       'there are none: the guard is always met',
  'lanes fill one turn more or fewer': 'the tile has an element for each lane: one turn, as a loop or not',
  'another hint to the compiler': 'it says how, not what',
  'another tile':               'both were filled with the same elements of one array',
  'a tile in the place of another': 'the first is not read any more when the second is filled: the passes of a kernel could share one',
  'rows of another length':       'what lies between two rows is never read',
  'other runs of neighbours, everywhere': 'any spread gives each element to one lane',
};

/** Wrong phrases that no run of a kernel sees. */
// prettier-ignore
export const UNSEEN: Readonly<Record<'wgsl' | 'cuda' | 'host', Readonly<Record<string, string>>>> = {
  wgsl: {
    'operator.true, false':  'truth values are literals of the IR: no text has the entry',
    'operator.false, true':  'truth values are literals of the IR: no text has the entry',
    'frame, length of a row': 'what lies between two rows is never read: lanes read other banks',
    'frame, barrier':        'storageBarrier orders storage alone; this adapter and the interpreter make no difference',
  },
  cuda: {
    'operator.true, false':  'truth values are literals of the IR: no text has the entry',
    'operator.false, true':  'truth values are literals of the IR: no text has the entry',
    'alone, the other':      'every lane fills all of the tile with the same values: slower, and a race of equal writes',
    'unrolled, nothing':      'a hint to a compiler',
    'frame, unrolled, otherwise': 'a hint to a compiler',
    'frame, alignment of a row': 'four numbers are read at once where a row begins at a multiple of them; one by one elsewhere',
    'frame, length of a row': 'what lies between two rows is never read: lanes read other banks',
    'frame, linkage':        'the launcher is called from its own translation unit',
    'frame, threads at most': 'a promise to the compiler for a GPU; on the CPU it says nothing',
  },
  host: {
    'operator.true, false':  'truth values are literals of the IR: no text has the entry',
    'operator.false, true':  'truth values are literals of the IR: no text has the entry',
    'lesser, its first operand': 'a lane past the extent reads past its block and stores nothing; JavaScript defines such reads',
  },
};
