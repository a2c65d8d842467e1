/** What outlives a change of the page: the list that the reader came from. */
export const memory = {
  /** Its address, to go back to. */
  list: '#/findings',
  /** Its findings, to go on from one to the next. */
  rows: new Uint32Array() as Uint32Array,
  /** The row that the keyboard is on; -1 before the first. */
  activeRow: -1,
};
