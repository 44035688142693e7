import type { Article } from "@/api/types";

/** What of an article somebody changes. */
export type ArticleDraft = Pick<Article, "title" | "body" | "language" | "published" | "hand_to_human">;

export const EMPTY: ArticleDraft = {
  title: "",
  body: "",
  language: "en",
  published: true,
  hand_to_human: false,
};

export function draftOf({ title, body, language, published, hand_to_human }: Article): ArticleDraft {
  return { title, body, language, published, hand_to_human };
}
