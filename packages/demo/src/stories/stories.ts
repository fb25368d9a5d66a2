import { ngoc, trang, trangsBaby } from './birth.ts';
import { hanh } from './hanh.ts';
import { otherStories } from './others.ts';
import { phuc } from './phuc.ts';
import type { Story } from './story.ts';

/** The people made by hand, in the order in which they are written. */
export const stories = { hanh, phuc, trang, trangsBaby, ngoc, ...otherStories } as const satisfies Record<string, Story>;

export type StoryKey = keyof typeof stories;

/** Ids and facts of the people made by hand, for tests and first steps; `born` is undefined where it depends on now. */
export const storyPatients: Readonly<Record<StoryKey, { readonly id: string; readonly name: string; readonly born: string | undefined }>> = Object.fromEntries(
  Object.entries(stories).map(([key, story]) => [key, { id: story.id, name: story.name, born: typeof story.born === 'string' ? story.born : undefined }]),
) as Record<StoryKey, { id: string; name: string; born: string | undefined }>;
