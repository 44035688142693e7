import { redirect } from "@tanstack/react-router";

import { Problem } from "@/api/problem";
import { meQuery } from "@/api/queries";
import { speak } from "@/i18n";
import { setKeymap } from "@/keyboard/dispatch";
import { keymap } from "@/keyboard/keys";

import { isPageOf } from "./person";
import { queryClient } from "./queryClient";
import { dress } from "./theme";

/** Lets signed-in people in and dresses the page for them; sends others to sign in, and back afterwards. */
export async function refuseSignedOut(here: string): Promise<void> {
  try {
    const me = await queryClient.ensureQueryData(meQuery);
    isPageOf(me.agent.id);
    setKeymap(keymap(me.preferences));
    dress(me.preferences.theme);
    await speak(me.preferences.locale);
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
    throw redirect({ to: "/sign-in", search: here === "/" ? {} : { back: here } });
  }
}
