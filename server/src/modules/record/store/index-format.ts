/**
 * The number of the form of all index rows that this code writes and searches. Raise it when that form changes: rows of an older form are then
 * written anew in the background.
 */
export const indexFormat = 4;
