/** What the functions of this folder take and return, as plain data. */

/** One letter of a sequence becomes another: position from 0, the new letter's id. */
export interface Mutation {
  position: number;
  to: number;
}

/** fitness ≈ base + the effects of a variant's mutations; effects are listed by mutation. */
export interface AdditiveModel {
  base: number;
  effects: number[];
}

/** families: the number of each row's family; train and test: row numbers in ascending order. */
export interface FamilySplit {
  families: number[];
  train: number[];
  test: number[];
}
